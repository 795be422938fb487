package dev.headway.bench.torture;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The rounds of one run, some of them side by side, and what is said of them. */
final class Campaign {
  private final Torture torture;
  private final int rounds;
  private final PrintWriter out;
  private final Map<String, Integer> faults = new TreeMap<>();
  private int begun;
  private int said;

  /**
   * @param rounds at most
   * @param out told of each round
   */
  Campaign(Torture torture, int rounds, PrintWriter out) {
    this.torture = torture;
    this.rounds = rounds;
    this.out = out;
  }

  /**
   * Goes through the rounds.
   *
   * @param atOnce how many go on side by side
   * @param until no round begins after this time by {@link System#nanoTime()}
   */
  void run(int atOnce, long until) throws InterruptedException {
    try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          IntStream.range(0, atOnce).mapToObj(_ -> lanes.submit(() -> lane(until))).toList();
      for (var lane : running) {
        lane.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("A round broke off", failed.getCause());
    }
  }

  private boolean lane(long until) throws InterruptedException {
    for (var round = next(until); round > 0; round = next(until)) {
      var began = System.nanoTime();
      var fault = torture.round();
      ended(round, fault, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }
    return true;
  }

  private synchronized int next(long until) {
    return begun < rounds && System.nanoTime() - until < 0 ? ++begun : 0;
  }

  private synchronized void ended(int round, String fault, long seconds) {
    faults.merge(fault, 1, Integer::sum);
    out.printf(
        "Round %d of %d: %s, %d s, %d views compared, violations: %s%n",
        round, rounds, fault, seconds, torture.compared(), torture.verdicts().counts());
    var cases = torture.verdicts().cases();
    cases.subList(said, cases.size()).forEach(out::println);
    said = cases.size();
    out.flush();
  }

  /** Says what came of it; returns whether nothing was found. */
  synchronized boolean verdict() {
    var clean = torture.verdicts().clean();
    out.printf("%d rounds, by their faults: %s%n", begun, faults);
    out.println(
        clean
            ? "Nothing was lost, shown twice or shown wrongly in %d views"
                .formatted(torture.compared())
            : "Broken promises: " + torture.verdicts().counts());
    out.flush();
    return clean;
  }
}
