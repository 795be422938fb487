package dev.headway.bench.load;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Watchers of control charts. Used by one thread. */
public final class ChartCrowd implements AutoCloseable {
  private static final long SETTLE_MILLIS = 30_000;

  private final Generator generator;
  private final Tally tally = new Tally();
  private final List<ChartWatcher> watchers = new ArrayList<>();

  private ChartCrowd(Generator generator) {
    this.generator = generator;
  }

  /**
   * Connects watchers, and waits until all of them watch.
   *
   * @param charts the ids of the characteristics that each watcher watches
   * @throws LoadException when the server does not let them
   */
  public static ChartCrowd gather(
      Generator generator, InetSocketAddress server, List<List<Long>> charts) {
    var crowd = new ChartCrowd(generator);
    try {
      for (var watched : charts) {
        var watcher = new ChartWatcher(watched, crowd.tally);
        crowd.watchers.add(watcher);
        generator.connect(
            server, watcher, failed -> watcher.ready().completeExceptionally(refused(failed)));
        Generator.await(watcher.ready());
      }
      return crowd;
    } catch (RuntimeException failed) {
      crowd.close();
      throw failed;
    }
  }

  private static LoadException refused(Throwable failed) {
    return new LoadException("The server cannot be reached: " + failed.getMessage(), failed);
  }

  /** Begins to count. */
  public void begin() {
    onLoop(tally::begin);
  }

  /** Ends counting. */
  public void end() {
    onLoop(tally::end);
  }

  /**
   * Waits until every watcher has the newest samples and says what was counted; samples that do not
   * come count as lost.
   *
   * @param newest the number of each characteristic's newest sample
   */
  public Counted counted(Map<Long, Long> newest) {
    var until = System.nanoTime() + SETTLE_MILLIS * 1_000_000;
    while (generator.onLoop(() -> lacking(newest)) > 0 && System.nanoTime() < until) {
      pause();
    }
    return generator.onLoop(() -> {
      tally.missing(lacking(newest));
      return tally.counted();
    });
  }

  private long lacking(Map<Long, Long> newest) {
    return watchers.stream()
        .flatMap(watcher ->
            watcher.charts().stream()
                .filter(chart -> watcher.newest(chart) < newest.getOrDefault(chart, 0L)))
        .count();
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }

  private void onLoop(Runnable action) {
    generator.onLoop(() -> {
      action.run();
      return true;
    });
  }

  /** Cuts all connections at once. */
  @Override
  public void close() {
    onLoop(() -> watchers.forEach(ChartWatcher::cut));
  }
}
