package dev.headway.server.transport.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.EventBody;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import dev.headway.core.topic.TopicState;
import dev.headway.server.socket.Connection.Watcher;
import dev.headway.server.transport.socket.LoopWithSockets;
import dev.headway.testkit.Ids;
import dev.headway.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The counts of deliveries, by a clock that the test moves. */
final class DeliveryCountsTest {
  private static final int WATCHERS = 3;
  private static final TopicName NAME = new TopicName("test", "1");

  private final ManualClock clock = ManualClock.atNoon();
  private final Hub hub = new Hub(clock, Ids.seeded(clock), Hub.Limits.DEFAULT);
  private final DeliveryCounts counts = new DeliveryCounts(clock);
  private final LoopWithSockets loop = new LoopWithSockets();

  @AfterEach
  void close() throws Exception {
    loop.close();
  }

  private record Open() implements TopicState {
    @Override
    public boolean ended() {
      return false;
    }
  }

  private record Progressed(int number) implements EventBody {
    @Override
    public String type() {
      return "progress";
    }

    @Override
    public String conflationKey() {
      return "progress";
    }

    @Override
    public boolean ended() {
      return false;
    }
  }

  private record Numbers() implements Dialect {
    @Override
    public Frame event(Event event) {
      return Frame.text(Integer.toString(((Progressed) event.body()).number()));
    }

    @Override
    public List<Frame> state(Snapshot snapshot) {
      return List.of();
    }
  }

  private record Silent() implements Watcher {
    @Override
    public void fellBehind() {}

    @Override
    public void removed() {}
  }

  private Topic report(int number) {
    hub.publish(NAME, new Open(), new Progressed(number));
    return hub.live(NAME).orElseThrow();
  }

  private Audience audience(Topic topic, long start) throws Exception {
    var audience = new Audience(topic, new Encoding(new Numbers(), Framing.WEB_SOCKET), counts);
    for (var at = 0; at < WATCHERS; at++) {
      var outlet = loop.outlet(loop.connect());
      loop.onLoop(() -> {
        audience.join(new Subscription(outlet, new Silent(), start));
        return true;
      });
    }
    return audience;
  }

  private void pass(Audience audience) throws Exception {
    loop.onLoop(() -> {
      audience.beginPass();
      return audience.serve(100, 1);
    });
  }

  @Test
  void delivery_toEachWatcher_isCountedWithItsLag() throws Exception {
    var topic = report(0);
    var audience = audience(topic, topic.head());
    report(1);
    clock.advance(Duration.ofMillis(40));
    pass(audience);
    report(2);
    pass(audience);

    var totals = counts.totals();
    assertThat(totals.number()).isEqualTo(2 * WATCHERS);
    assertThat(totals.lagSeconds()).isEqualTo(WATCHERS * 0.04);
    assertThat(totals.lags().get(0)).as("at once").isEqualTo(WATCHERS);
    assertThat(totals.lags().get(DeliveryCounts.BOUNDS.indexOf(0.05))).isEqualTo(WATCHERS);
  }

  @Test
  void delivery_ofABacklog_countsWhatEachWatcherWasSpared() throws Exception {
    var topic = report(0);
    var audience = audience(topic, topic.head());
    for (var number = 1; number <= 100; number++) {
      report(number);
    }
    pass(audience);

    assertThat(counts.totals().passedOver()).isEqualTo(99 * WATCHERS);
    assertThat(counts.totals().number()).isEqualTo(WATCHERS);
  }

  @Test
  void delivery_toSomebodyWhoComesBack_isNotLate() throws Exception {
    var topic = report(0);
    var start = topic.head();
    report(1);
    clock.advance(Duration.ofMinutes(1));
    var _ = audience(topic, start);

    assertThat(counts.totals().number()).isEqualTo(WATCHERS);
    assertThat(counts.totals().lags()).containsOnly(0L);
  }
}
