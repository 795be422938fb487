package dev.headway.core.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.TestClock;
import dev.headway.core.fixture.Together;
import dev.headway.core.topic.Topic.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicTest {
  private static final TopicName NAME = new TopicName("job", "1");
  private static final String EPOCH = "k3";

  private final TopicCounts counts = new TopicCounts();

  @Test
  void start_withoutCursor_isThePresentState() {
    assertThat(filled(5, 8).start(null)).isEqualTo(fresh(5));
  }

  @Test
  void start_everyCursor_isResumedExactlyWhenNothingWasDropped() {
    var topic = filled(10, 4);

    for (var offset = 0L; offset <= 20; offset++) {
      var cursor = new Cursor(EPOCH, offset);
      assertThat(topic.start(cursor))
          .as("cursor %s", cursor)
          .isEqualTo(offset >= 6 && offset <= 10 ? resumed(cursor) : fresh(10));
    }
  }

  @Test
  void start_withACursor_isCountedByItsOutcome() {
    var topic = filled(10, 4);
    topic.start(null);
    topic.start(new Cursor(EPOCH, 8));
    topic.start(new Cursor(EPOCH, 9));
    topic.start(new Cursor(EPOCH, 2));
    topic.since(new Cursor(EPOCH, 8), false, 10); // belongs to a start

    assertThat(counts.recovered()).isEqualTo(2);
    assertThat(counts.startedAnew()).isEqualTo(1);
  }

  @Test
  void start_foreignEpoch_isFreshThoughTheOffsetWouldFit() {
    assertThat(filled(10, 16).start(new Cursor("k4", 5))).isEqualTo(fresh(10));
  }

  @Test
  void start_halfACursor_isNoneAtAll() {
    var topic = filled(10, 16);
    for (var half : List.of(EPOCH, EPOCH + "-", "-5", "5")) {
      assertThat(topic.start(Cursor.parse(half).orElse(null))).isEqualTo(fresh(10));
    }
  }

  @Test
  void start_newTopic_resumesFromItsBeginning() {
    var cursor = new Cursor(EPOCH, 0);

    assertThat(filled(0, 4).start(cursor)).isEqualTo(resumed(cursor));
  }

  @Test
  void since_everyCursor_isAllThatFollowsOrTheState() {
    var topic = filled(10, 4);

    for (var offset = 0L; offset <= 20; offset++) {
      switch (topic.since(new Cursor(EPOCH, offset), false, 100)) {
        case Topic.Since.Events(var after, var events, _) -> {
          assertThat(after.offset()).isBetween(6L, 10L);
          assertThat(events).hasSize((int) (10 - after.offset()));
          assertThat(events).allMatch(kept -> kept.event().offset() > after.offset());
        }
        case Topic.Since.State(var snapshot) -> {
          assertThat(offset < 6 || offset > 10).isTrue();
          assertThat(snapshot.cursor()).isEqualTo(new Cursor(EPOCH, 10));
        }
      }
    }
  }

  @Test
  void since_moreThanTheLimit_hasNotEndedYet() {
    var topic = filled(3, 8);
    topic.append(new End(), Note.milestone(4), new TestClock().instant());

    assertThat(topic.since(new Cursor(EPOCH, 1), false, 2))
        .isInstanceOfSatisfying(
            Topic.Since.Events.class, some -> assertThat(some.ended()).isFalse());
    assertThat(topic.since(new Cursor(EPOCH, 1), false, 3))
        .isInstanceOfSatisfying(Topic.Since.Events.class, all -> assertThat(all.ended()).isTrue());
    assertThat(topic.since(new Cursor(EPOCH, 4), false, 3))
        .isInstanceOfSatisfying(
            Topic.Since.Events.class,
            none -> {
              assertThat(none.events()).isEmpty();
              assertThat(none.ended()).isTrue();
            });
  }

  private record End() implements TopicState {
    @Override
    public boolean ended() {
      return true;
    }
  }

  @Test
  void renewed_otherState_isSeenWithoutAnEvent() {
    var topic = filled(3, 4);

    topic.renewed(new Count(99));

    assertThat(topic.snapshot()).isEqualTo(new Snapshot(NAME, new Cursor(EPOCH, 3), new Count(99)));
    assertThat(topic.head()).isEqualTo(3);
  }

  @Test
  void append_listeners_areToldAfterTheEventCanBeRead() {
    var topic = filled(0, 4);
    var seen = new ArrayList<Long>();
    topic.listen(listener(() -> seen.add(topic.after(0, 10).getLast().offset())));

    append(topic, 1);
    append(topic, 2);

    assertThat(seen).containsExactly(1L, 2L);
  }

  @Test
  void append_afterUnlisten_tellsNobody() {
    var topic = filled(0, 4);
    var calls = new ArrayList<Integer>();
    var listener = listener(() -> calls.add(1));
    topic.listen(listener);
    topic.unlisten(listener, TestClock.START);

    append(topic, 1);

    assertThat(calls).isEmpty();
  }

  @Test
  void append_listenerThatFails_disturbsNeitherTheWriterNorTheOthers() {
    var topic = filled(0, 4);
    var calls = new ArrayList<Integer>();
    topic.listen(
        listener(() -> {
          throw new IllegalStateException("a listener's own fault");
        }));
    topic.listen(listener(() -> calls.add(1)));

    append(topic, 1);
    append(topic, 2);

    assertThat(calls).hasSize(2);
    assertThat(topic.head()).isEqualTo(2);
  }

  @Test
  void start_whileEventsAreAppended_joinsStateAndStreamWithoutHoleOrRepetition() {
    var events = 20_000;
    var topic = filled(0, events);
    try (var threads = new Together(8)) {
      var tasks = new ArrayList<Callable<Boolean>>();
      tasks.add(() -> {
        for (var number = 1; number <= events; number++) {
          append(topic, number);
        }
        return true;
      });
      for (var watcher = 0; watcher < 7; watcher++) {
        tasks.add(() -> watchAgainAndAgain(topic, events));
      }
      assertThat(threads.run(tasks)).containsOnly(true);
    }
  }

  /** Joins, follows for a while, leaves, comes back with its cursor or without, until the end. */
  private static boolean watchAgainAndAgain(Topic topic, int events) throws InterruptedException {
    Cursor cursor = null;
    for (var visit = 0; cursor == null || cursor.offset() < events; visit++) {
      cursor = visit(topic, visit % 2 == 0 ? null : cursor, events);
    }
    return true;
  }

  private static Cursor visit(Topic topic, @Nullable Cursor before, int events)
      throws InterruptedException {
    var told = new Semaphore(0);
    var listener = listener(told::release);
    topic.listen(listener);
    try {
      var at = from(topic.start(before));
      var until = Math.min(events, at.offset() + 500);
      while (at.offset() < until) {
        for (var event : topic.after(at.offset(), 64)) {
          assertThat(event.offset()).isEqualTo(at.offset() + 1);
          assertThat(((Note) event.body()).number()).isEqualTo(event.offset());
          at = event.cursor();
        }
        if (at.offset() < until && at.offset() == topic.head()) {
          told.acquire();
        }
      }
      return at;
    } finally {
      topic.unlisten(listener, TestClock.START);
    }
  }

  private static Cursor from(Start start) {
    return switch (start) {
      case Start.Resumed(var cursor, _, _) -> cursor;
      case Start.Fresh(var snapshot) -> {
        assertThat(((Count) snapshot.state()).value()).isEqualTo(snapshot.cursor().offset());
        yield snapshot.cursor();
      }
    };
  }

  @Test
  void start_watcherThatFallsOffASmallLog_isNeverGivenAGap() {
    var events = 20_000;
    var topic = filled(0, 16);
    try (var threads = new Together(4)) {
      var tasks = new ArrayList<Callable<Boolean>>();
      tasks.add(() -> {
        for (var number = 1; number <= events; number++) {
          append(topic, number);
        }
        return true;
      });
      for (var watcher = 0; watcher < 3; watcher++) {
        tasks.add(() -> poll(topic, events));
      }
      assertThat(threads.run(tasks)).containsOnly(true);
    }
  }

  /** Always comes back with its cursor; what it gets must follow on it or be a whole state. */
  private static boolean poll(Topic topic, int events) {
    var at = new Cursor(EPOCH, 0);
    while (at.offset() < events) {
      var next = from(topic.start(at));
      assertThat(next.offset()).isGreaterThanOrEqualTo(at.offset());
      at = next;
      var read = topic.after(at.offset(), 8);
      if (!read.isEmpty() && read.getFirst().offset() == at.offset() + 1) {
        at = read.getLast().cursor();
      }
    }
    return true;
  }

  private static Start resumed(Cursor cursor) {
    return new Start.Resumed(cursor, List.of(), cursor.offset());
  }

  private static Start fresh(long head) {
    return new Start.Fresh(new Snapshot(NAME, new Cursor(EPOCH, head), new Count(head)));
  }

  private Topic filled(int events, int capacity) {
    var topic = new Topic(NAME, EPOCH, null, capacity, new Count(0), () -> TestClock.START, counts);
    for (var number = 1; number <= events; number++) {
      append(topic, number);
    }
    return topic;
  }

  private static void append(Topic topic, long number) {
    topic.append(new Count(number), Note.milestone(number), TestClock.START);
  }

  private static Topic.Listener listener(Runnable appended) {
    return new Topic.Listener() {
      @Override
      public void appended() {
        appended.run();
      }

      @Override
      public void removed() {}
    };
  }
}
