package dev.headway.bench.torture;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A watcher of all jobs of a round, over one of the contracts, whose connections are short: each
 * leads to another server, and goes on from the cursor of the one before. Thread-safe.
 */
abstract class TortureWatcher implements Runnable {
  private static final int LIFE_MILLIS = 4_000;

  protected final String name;
  protected final Api api;
  protected final Random random;
  private final Verdicts verdicts;
  private final Set<String> jobs;
  private final Map<String, View> views = new ConcurrentHashMap<>();

  /**
   * @param jobs to be watched; changes from round to round
   */
  TortureWatcher(String name, Api api, Verdicts verdicts, Set<String> jobs) {
    this.name = name;
    this.api = api;
    this.verdicts = verdicts;
    this.jobs = jobs;
    this.random = new Random(name.hashCode());
  }

  /** Watches until it is interrupted. */
  @Override
  public final void run() {
    try {
      while (true) {
        watch();
        pause();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Watches once: over one connection for all jobs, or one for each that has not ended. */
  abstract void watch() throws InterruptedException;

  /** The view of a job, from its first frame on. */
  View view(String job) {
    return views.computeIfAbsent(job, id -> new View(name, id, verdicts));
  }

  void forget(String job) {
    views.remove(job);
  }

  protected Set<String> jobs() {
    return jobs;
  }

  /** How long the next connection lasts. */
  protected long lifeMillis() {
    return 300L + random.nextInt(LIFE_MILLIS);
  }

  private void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(50L + random.nextInt(300));
  }

  @Override
  public String toString() {
    return name;
  }
}
