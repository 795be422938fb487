package dev.headway.bench.torture;

import dev.headway.bench.store.StoredLog.Milestone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * One round: some jobs, a schedule and a characteristic, a fault in their midst, and the comparison
 * of what was shown with what is stored. Used by one thread.
 */
final class Round {
  private static final long ENDS_WITHIN_SECONDS = 300;
  private static final long SEEN_WITHIN_SECONDS = 120;
  private static final int LOTS = 12;
  private static final Set<String> ENDS = Set.of("completed", "failed", "cancelled");

  private final Torture torture;
  private final Api api;

  Round(Torture torture) {
    this.torture = torture;
    this.api = torture.api;
  }

  /** A schedule and the job that plans it. */
  private record Schedule(String id, String job) {}

  /** Returns what was done to the servers. */
  String run() throws InterruptedException {
    var samples = SampleFeed.begin(api);
    torture.characteristics.add(samples.characteristic());
    var schedule = planned();
    torture.schedules.add(schedule.id);
    var submitted = submit(4 + torture.random.nextInt(6));
    TimeUnit.MILLISECONDS.sleep(500 + torture.random.nextInt(2_000));
    var fault = torture.nodes.strike();
    var all = new ArrayList<>(submitted);
    all.add(schedule.job);
    var open = new HashSet<>(all);
    await(ENDS_WITHIN_SECONDS, () -> open.removeIf(this::ended) && open.isEmpty());
    open.forEach(job -> torture.verdicts.found(Violation.STUCK, "job " + job));
    judge(submitted.stream().filter(job -> !open.contains(job)).toList());
    if (!open.contains(schedule.job)) {
      judge(schedule);
    }
    judge(samples);
    return fault;
  }

  private List<String> submit(int count) throws InterruptedException {
    var submitted = new ArrayList<String>();
    for (var at = 0; at < count; at++) {
      var job = submitted(UUID.randomUUID().toString());
      submitted.add(job);
      torture.jobs.add(job);
      if (torture.random.nextInt(6) == 0) {
        api.post("/jobs/" + job + "/cancel", Map.of());
      }
      TimeUnit.MILLISECONDS.sleep(torture.random.nextInt(200));
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

  /* It searches for a second, so a fault can meet it. */
  private Schedule planned() throws InterruptedException {
    var lots =
        IntStream.range(0, LOTS)
            .mapToObj(at ->
                Map.of(
                    "lot_id",
                    "LOT-" + at,
                    "lot_type",
                    "TYPE-" + at % 3,
                    "vials",
                    100_000 + 10_000 * torture.random.nextInt(50)))
            .toList();
    Map<String, Object> request =
        Map.of("lots_data", lots, "strategy", "best", "config", Map.of("time_limit_seconds", 1));
    var answer = api.accepted("POST", "/api/v1/schedule", () -> request);
    return new Schedule(answer.path("id").asString(), answer.path("job_id").asString());
  }

  private boolean ended(String job) {
    try {
      var answer = api.asUser("/jobs/" + job);
      if (answer.status() == 404) {
        torture.verdicts.found(Violation.LOST_SUBMISSION, "job " + job);
        return true;
      }
      var status = answer.body().path("status").asString("");
      var told = torture.ends.get(job);
      if (ENDS.contains(status) && told != null && !told.equals(status)) {
        torture.verdicts.found(
            Violation.LOST_END, "job %s: %s, told %s".formatted(job, status, told));
      }
      return ENDS.contains(status);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void judge(List<String> submitted) throws InterruptedException {
    await(SEEN_WITHIN_SECONDS, () -> submitted.stream().allMatch(this::seenByAll));
    for (var job : submitted) {
      var milestones = torture.stored.of(UUID.fromString(job));
      judge(job, milestones, torture.verdicts);
      torture.jobWatchers.forEach(watcher -> watcher.view(job).compare(milestones));
      torture.compared.addAndGet(torture.jobWatchers.size());
    }
    submitted.forEach(torture.jobs::remove);
    torture.jobWatchers.forEach(watcher -> submitted.forEach(watcher::forget));
  }

  private boolean seenByAll(String job) {
    return torture.jobWatchers.stream().allMatch(watcher -> watcher.view(job).ended());
  }

  private void judge(Schedule schedule) throws InterruptedException {
    var watcher = torture.scheduleWatcher;
    await(SEEN_WITHIN_SECONDS, () -> watcher.view(schedule.id).ended());
    var milestones = torture.stored.of(UUID.fromString(schedule.job));
    judge(schedule.job, milestones, torture.verdicts);
    watcher.view(schedule.id).compare(milestones);
    torture.compared.incrementAndGet();
    torture.schedules.remove(schedule.id);
    watcher.forget(schedule.id);
  }

  private void judge(SampleFeed samples) throws InterruptedException {
    var accepted = samples.await();
    var id = samples.characteristic();
    var stored = torture.stored.samples(Long.parseLong(id));
    if (!stored.equals(accepted)) {
      torture.verdicts.found(
          Violation.UNKEPT_SAMPLE,
          "characteristic %s: accepted %s, stored %s".formatted(id, accepted, stored));
    }
    var watcher = torture.sampleWatcher;
    await(SEEN_WITHIN_SECONDS, () -> watcher.view(id).newest() >= stored.getLast());
    watcher.view(id).compare(stored);
    torture.compared.incrementAndGet();
    torture.characteristics.remove(id);
    watcher.forget(id);
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
}
