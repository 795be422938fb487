package dev.headway.bench.torture;

import dev.headway.bench.store.StoredMilestones;
import dev.headway.bench.store.StoredMilestones.Milestone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The oracle: rounds of jobs that are worked on and watched through any of the servers while these
 * are killed, stopped and told to leave; at the end of a round each watcher's view is compared with
 * the stored log.
 */
final class Torture implements AutoCloseable {
  private static final int WORKERS = 6;
  private static final long ENDS_WITHIN_SECONDS = 300;
  private static final long SEEN_WITHIN_SECONDS = 120;
  private static final Set<String> ENDS = Set.of("completed", "failed", "cancelled");

  private final Nodes nodes;
  private final StoredMilestones stored;
  private final Random random;
  private final Verdicts verdicts = new Verdicts();
  private final Api api;
  private final Set<String> jobs = ConcurrentHashMap.newKeySet();
  private final Map<String, String> ends = new ConcurrentHashMap<>();
  private final List<TortureWatcher> watchers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private long compared;

  /**
   * Begins to work and to watch.
   *
   * @param stored the log in the servers' database
   */
  Torture(Nodes nodes, StoredMilestones stored, Random random) {
    this.nodes = nodes;
    this.stored = stored;
    this.random = random;
    this.api = new Api(nodes, verdicts);
    watchers.add(new StreamWatcher("stream", api, verdicts, jobs, false));
    watchers.add(new StreamWatcher("cbor", api, verdicts, jobs, true));
    watchers.add(new ChannelWatcher("channel", api, verdicts, jobs));
    watchers.add(new LineWatcher("events", api, verdicts, jobs, true));
    watchers.add(new LineWatcher("lines", api, verdicts, jobs, false));
    watchers.add(new PollWatcher("poll", api, verdicts, jobs));
    watchers.forEach(watcher -> threads.add(Thread.ofVirtual().start(watcher)));
    TortureWorker.several(WORKERS, api, verdicts, ends)
        .forEach(worker -> threads.add(Thread.ofVirtual().start(worker)));
  }

  Verdicts verdicts() {
    return verdicts;
  }

  /** How many views have been compared with the stored log. */
  long compared() {
    return compared;
  }

  /** Goes through one round; returns what was done to the servers. */
  String round() throws InterruptedException {
    var submitted = submit(4 + random.nextInt(6));
    TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2_000));
    var strike = nodes.strike();
    var open = new HashSet<>(submitted);
    await(ENDS_WITHIN_SECONDS, () -> open.removeIf(this::ended) && open.isEmpty());
    open.forEach(job -> verdicts.found(Violation.STUCK, "job " + job));
    submitted.removeAll(open);
    await(SEEN_WITHIN_SECONDS, () -> submitted.stream().allMatch(this::seenByAll));
    submitted.forEach(this::compare);
    jobs.clear();
    watchers.forEach(watcher -> submitted.forEach(watcher::forget));
    return strike;
  }

  private List<String> submit(int count) throws InterruptedException {
    var submitted = new ArrayList<String>();
    for (var at = 0; at < count; at++) {
      var job = submitted(UUID.randomUUID().toString());
      submitted.add(job);
      jobs.add(job);
      if (random.nextInt(6) == 0) {
        api.post("/jobs/" + job + "/cancel", Map.of());
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
    }
    return submitted;
  }

  private String submitted(String key) throws InterruptedException {
    Map<String, Object> request =
        Map.of(
            "job_type",
            TortureWorker.TYPE,
            "external",
            true,
            "max_attempts",
            3,
            "idempotency_key",
            key);
    while (true) {
      var answer = api.post("/jobs", request);
      if (answer.ok()) {
        return answer.body().path("id").asString();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private boolean ended(String job) {
    try {
      var answer = api.get("/jobs/" + job);
      if (answer.status() == 404) {
        verdicts.found(Violation.LOST_SUBMISSION, "job " + job);
        return true;
      }
      var status = answer.body().path("status").asString("");
      var told = ends.get(job);
      if (ENDS.contains(status) && told != null && !told.equals(status)) {
        verdicts.found(Violation.LOST_END, "job %s: %s, told %s".formatted(job, status, told));
      }
      return ENDS.contains(status);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean seenByAll(String job) {
    return watchers.stream().allMatch(watcher -> watcher.view(job).ended());
  }

  private void compare(String job) {
    var milestones = stored.of(UUID.fromString(job));
    judge(job, milestones, verdicts);
    for (var watcher : watchers) {
      watcher.view(job).compare(milestones);
      compared++;
    }
  }

  /** Judges the stored log of an ended job by itself. */
  static void judge(String job, List<Milestone> milestones, Verdicts verdicts) {
    for (var at = 0; at < milestones.size(); at++) {
      if (milestones.get(at).number() != at + 1) {
        verdicts.found(Violation.HOLE_IN_THE_LOG, "job %s at %d".formatted(job, at + 1));
        return;
      }
    }
    var finished = milestones.stream().filter(each -> ENDS.contains(each.type())).count();
    if (finished > 1) {
      verdicts.found(Violation.SECOND_END, "job " + job + " in the stored log");
    }
  }

  private static void await(long seconds, BooleanSupplier condition) throws InterruptedException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    api.http.shutdownNow();
  }
}
