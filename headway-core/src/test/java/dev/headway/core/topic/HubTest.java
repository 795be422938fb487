package dev.headway.core.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.TestClock;
import dev.headway.core.fixture.Together;
import dev.headway.core.id.RandomIds;
import dev.headway.core.topic.Topic.Start;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HubTest {
  private static final TopicName NAME = new TopicName("job", "1");
  private static final Duration RETENTION = Duration.ofMinutes(2);

  private final TestClock clock = new TestClock();
  private final Hub hub =
      new Hub(clock, new RandomIds(clock, new Random(1)), new Hub.Limits(64, RETENTION));

  @Test
  void open_topicInMemory_doesNotLoadAgain() {
    var loads = new AtomicInteger();
    var first = hub.open(NAME, () -> new Count(loads.incrementAndGet()));
    var second = hub.open(NAME, () -> new Count(loads.incrementAndGet()));

    assertThat(second).isSameAs(first);
    assertThat(loads).hasValue(1);
  }

  @Test
  void live_topicNobodyOpened_isEmpty() {
    assertThat(hub.live(NAME)).isEmpty();
    assertThat(hub.size()).isZero();
  }

  @Test
  void publish_unknownTopic_bringsItToLife() {
    var event = hub.publish(NAME, new Count(1), Note.milestone(1));

    assertThat(event.offset()).isEqualTo(1);
    assertThat(event.at()).isEqualTo(TestClock.START);
    assertThat(hub.live(NAME)).get().extracting(Topic::head).isEqualTo(1L);
  }

  @Test
  void sweep_withinTheRetention_keepsTheTopicAndItsCursors() {
    var cursor = open().snapshot().cursor();
    clock.advance(RETENTION);

    assertThat(hub.sweep()).isZero();
    assertThat(open().start(cursor)).isEqualTo(new Start.Resumed(cursor, List.of(), 0));
  }

  @Test
  void sweep_afterTheRetention_letsGoAndOldCursorsAreAnsweredHonestly() {
    var cursor = open().snapshot().cursor();
    clock.advance(RETENTION.plusMillis(1));

    assertThat(hub.sweep()).isEqualTo(1);
    assertThat(hub.size()).isZero();

    var reopened = open();
    assertThat(reopened.snapshot().cursor().life()).isNotEqualTo(cursor.life());
    assertThat(reopened.start(cursor)).isInstanceOf(Start.Fresh.class);
  }

  @Test
  void sweep_topicWithAListener_stays() {
    var topic = open();
    var listener = new Ears();
    topic.listen(listener);
    clock.advance(Duration.ofDays(1));

    assertThat(hub.sweep()).isZero();

    topic.unlisten(listener, clock.instant());
    assertThat(hub.sweep()).as("its idle time begins now").isZero();
    clock.advance(RETENTION.plusMillis(1));
    assertThat(hub.sweep()).isEqualTo(1);
  }

  @Test
  void sweep_topicThatIsPublishedTo_stays() {
    open();
    clock.advance(RETENTION);
    hub.publish(NAME, new Count(1), Note.milestone(1));
    clock.advance(RETENTION);

    assertThat(hub.sweep()).isZero();
  }

  @Test
  void sweep_topicThatIsOnlyLookedAt_goes() {
    open();
    clock.advance(RETENTION.plusMillis(1));
    assertThat(hub.live(NAME)).isPresent();

    assertThat(hub.sweep()).isEqualTo(1);
  }

  @Test
  void sweep_whileSomebodyOpens_neverTakesTheTopicFromUnderThem() {
    try (var threads = new Together(2)) {
      for (var round = 0; round < 5_000; round++) {
        open();
        clock.advance(RETENTION.plusMillis(1));

        var opened = threads.<Topic>run(List.of(this::open, this::swept)).getFirst();

        assertThat(hub.live(NAME))
            .as("what was opened is what is published to")
            .containsSame(opened);
      }
    }
  }

  private Topic swept() {
    hub.sweep();
    return hub.live(NAME).orElseGet(this::open);
  }

  @Test
  void open_fromManyThreads_isOneTopic() {
    try (var threads = new Together(8)) {
      for (var round = 0; round < 500; round++) {
        hub.remove(NAME);
        assertThat(threads.run(this::open)).containsOnly(open());
      }
    }
  }

  @Test
  void remove_topicWithListeners_tellsAllOfThem() {
    var topic = open();
    var failing = new Ears();
    failing.fails = true;
    var listening = new Ears();
    topic.listen(failing);
    topic.listen(listening);

    hub.remove(NAME);

    assertThat(listening.removed).isEqualTo(1);
    assertThat(hub.live(NAME)).isEmpty();
  }

  @Test
  void remove_unknownTopic_isNothing() {
    hub.remove(NAME);

    assertThat(hub.size()).isZero();
  }

  private Topic open() {
    return hub.open(NAME, () -> new Count(0));
  }

  private static final class Ears implements Topic.Listener {
    private int removed;
    private boolean fails;

    @Override
    public void appended() {}

    @Override
    public void removed() {
      removed++;
      if (fails) {
        throw new IllegalStateException("a listener's own fault");
      }
    }
  }
}
