package dev.headway.bench.load;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Publishes to topics in turn, at some pace, until it is stopped. Used on the generator's loop. */
final class Driver {
  /* So many looks a second at most: what is due more often goes out in pairs. */
  private static final long SHORTEST_NANOS = 100_000;

  private final List<Flow> flows;
  private final List<Publisher> publishers;
  private final Tally tally;
  private int turn;
  private boolean stopped;
  private @Nullable Future<?> timer;
  private long due;

  Driver(List<Flow> flows, List<Publisher> publishers, Tally tally) {
    this.flows = flows;
    this.publishers = publishers;
    this.tally = tally;
  }

  void start(Pace pace, EventLoop loop) {
    switch (pace) {
      case Pace.InFlight(var messages) -> {
        flows.forEach(flow -> flow.onCompletion(_ -> completed()));
        for (var first = 0; first < messages; first++) {
          publish(System.nanoTime());
        }
      }
      case Pace.Steady(var perSecond) -> {
        var distance = (long) (1e9 / perSecond);
        due = System.nanoTime();
        publishDue(distance, loop);
      }
      case Pace.Silence() -> {}
    }
  }

  private void completed() {
    if (!stopped) {
      publish(System.nanoTime());
    }
  }

  /* Wakes when the next is due, so that none is late because of this program. */
  private void publishDue(long distance, EventLoop loop) {
    var now = System.nanoTime();
    while (due <= now && !stopped) {
      publish(due);
      due += distance;
    }
    if (!stopped) {
      var wait = Math.max(SHORTEST_NANOS, due - System.nanoTime());
      timer = loop.schedule(() -> publishDue(distance, loop), wait, TimeUnit.NANOSECONDS);
    }
  }

  private void publish(long dueNanos) {
    // A topic's messages all go over one connection, so that their order is the topic's.
    publishers.get(turn % publishers.size()).publish(flows.get(turn), dueNanos);
    turn = turn + 1 == flows.size() ? 0 : turn + 1;
    tally.sent();
  }

  void stop() {
    stopped = true;
    var running = timer;
    if (running != null) {
      running.cancel(false);
    }
    flows.forEach(flow -> flow.onCompletion(_ -> {}));
    publishers.forEach(Publisher::drop);
  }
}
