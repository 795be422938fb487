package dev.headway.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Watchers of some topics, and those who publish to them. Used by one thread. */
public final class Crowd implements AutoCloseable {
  private static final int CONNECTING = 512;
  private static final int MOST_PUBLISHERS = 16;
  private static final long SETTLE_MILLIS = 30_000;

  private final Generator generator;
  private final List<Flow> flows;
  private final int each;
  private final int receiveBytes;
  private final Tally tally = new Tally();
  private final List<Watcher> watchers = new ArrayList<>();
  private final List<Publisher> publishers = new ArrayList<>();

  Crowd(Generator generator, List<Flow> flows, int each, int receiveBytes) {
    this.receiveBytes = receiveBytes;
    this.generator = generator;
    this.flows = List.copyOf(flows);
    this.each = each;
  }

  /**
   * Steps at the beginning and at the end of counting.
   *
   * @param warm how long the load lasts before it is counted
   * @param counted how long it is counted
   * @param began done when counting begins
   * @param ended done when counting ends
   */
  public record Phases(Duration warm, Duration counted, Runnable began, Runnable ended) {}

  void gather(IntConsumer progress) {
    for (var flow : flows) {
      flow.watchedBy(each);
      for (var count = 0; count < each; count++) {
        watchers.add(new Watcher(flow, tally));
      }
    }
    connectPublishers();
    new Arrival(progress).await();
  }

  private void connectPublishers() {
    for (var at = 0; at < Math.min(flows.size(), MOST_PUBLISHERS); at++) {
      var publisher = new Publisher(flows.get(at).source());
      publishers.add(publisher);
      generator.connect(
          flows.get(at).source().publishAt(),
          publisher,
          failed -> publisher.ready().completeExceptionally(unreachable(failed)));
      Generator.await(publisher.ready());
    }
  }

  private static LoadException unreachable(Throwable failed) {
    return new LoadException("The server cannot be reached: " + failed.getMessage(), failed);
  }

  /** Connects watchers, a bounded number at a time. Used on the loop. */
  private final class Arrival {
    private final IntConsumer progress;
    private final CompletableFuture<Integer> done = new CompletableFuture<>();
    private int begun;
    private int arrived;

    Arrival(IntConsumer progress) {
      this.progress = progress;
    }

    void await() {
      generator.loop().execute(this::fill);
      Generator.await(done);
    }

    private void fill() {
      if (watchers.isEmpty()) {
        done.complete(0);
      }
      while (begun < watchers.size() && begun - arrived < CONNECTING) {
        connect(watchers.get(begun++));
      }
    }

    private void connect(Watcher watcher) {
      var _ = watcher.ready().whenComplete((_, failed) -> arrived(failed));
      generator.connect(
          watcher.flow().source().server(),
          watcher,
          receiveBytes,
          failed -> watcher.ready().completeExceptionally(unreachable(failed)));
    }

    private void arrived(@Nullable Throwable failed) {
      arrived++;
      progress.accept(arrived);
      if (failed != null) {
        done.completeExceptionally(failed);
      } else if (arrived == watchers.size()) {
        done.complete(arrived);
      } else if (!done.isDone()) {
        fill();
      }
    }
  }

  /** How many watchers there are. */
  public int size() {
    return watchers.size();
  }

  /**
   * Publishes and counts.
   *
   * @throws LoadException when messages were refused
   */
  public Counted load(Pace pace, Phases phases) {
    var driver = new Driver(flows, publishers, tally);
    onLoop(() -> driver.start(pace, generator.loop()));
    sleep(phases.warm());
    onLoop(tally::begin);
    phases.began().run();
    sleep(phases.counted());
    onLoop(tally::end);
    phases.ended().run();
    onLoop(driver::stop);
    awaitCaughtUp();
    checkPublished();
    return generator.onLoop(this::counted);
  }

  private Counted counted() {
    for (var watcher : watchers) {
      if (watcher.lacks()) {
        tally.missing(watcher.flow().newest() - watcher.last());
      }
    }
    return tally.counted();
  }

  private void checkPublished() {
    publishers.stream()
        .map(Publisher::failure)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(failure -> {
          throw new LoadException("A message was not taken: " + failure);
        });
  }

  /**
   * Publishes so many messages to each topic without waiting for watchers.
   *
   * @param messages to each topic
   */
  public void publish(int messages) {
    onLoop(() -> {
      for (var message = 0; message < messages; message++) {
        for (var at = 0; at < flows.size(); at++) {
          publishers.get(at % publishers.size()).publish(flows.get(at), System.nanoTime());
        }
      }
    });
  }

  /** Waits until every watcher that reads has every message, half a minute at most. */
  public boolean awaitCaughtUp() {
    var until = System.nanoTime() + SETTLE_MILLIS * 1_000_000;
    while (generator.onLoop(() -> watchers.stream().anyMatch(Watcher::lacks))) {
      if (System.nanoTime() > until) {
        return false;
      }
      sleep(Duration.ofMillis(2));
    }
    return true;
  }

  /** Faults of the order so far. */
  public Counted.Order faults() {
    return generator.onLoop(this::counted).order();
  }

  /** Waits until the server has answered everything that was published. */
  public void awaitPublished() {
    while (generator.onLoop(() -> publishers.stream().anyMatch(Publisher::waits))) {
      sleep(Duration.ofMillis(2));
    }
    checkPublished();
  }

  /** Lets every so-manieth watcher read no more. */
  public void stallEvery(int nth) {
    onLoop(() -> {
      for (var at = 0; at < watchers.size(); at += nth) {
        watchers.get(at).stall();
      }
    });
  }

  private void onLoop(Runnable action) {
    generator.onLoop(() -> {
      action.run();
      return true;
    });
  }

  /** Waits. */
  public static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }

  /** Cuts all connections at once. */
  @Override
  public void close() {
    onLoop(() -> {
      watchers.forEach(Watcher::cut);
      publishers.forEach(Publisher::close);
    });
  }
}
