package dev.headway.bench.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A worker that speaks to another server with each request, and is silent now and then. */
final class TortureWorker implements Runnable {
  /** The job type that it works on. */
  static final String TYPE = "torture";

  private static final int LEASE_SECONDS = 4;
  private static final int TRIES = 8;
  private static final Set<String> ENDS = Set.of("completed", "failed", "cancelled");

  private final String name;
  private final Api api;
  private final Verdicts verdicts;
  private final Set<String> leases;
  private final Map<String, String> ends;
  private final Random random;

  /**
   * @param leases that were given; shared by all workers
   * @param ends that workers were told, by job; shared by all workers
   */
  TortureWorker(
      String name,
      Api api,
      Verdicts verdicts,
      Set<String> leases,
      Map<String, String> ends,
      Random random) {
    this.name = name;
    this.api = api;
    this.verdicts = verdicts;
    this.leases = leases;
    this.ends = ends;
    this.random = random;
  }

  @Override
  public void run() {
    try {
      while (true) {
        work();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() throws InterruptedException {
    var claim =
        api.post(
            "/jobs/claim",
            Map.of(
                "job_types",
                List.of(TYPE),
                "worker_id",
                name,
                "lease_seconds",
                LEASE_SECONDS,
                "wait_seconds",
                1));
    if (claim.status() != 200) {
      pause(claim.status() == 204 ? 50 : 500);
      return;
    }
    var id = claim.body().path("job").path("id").asString();
    var lease = claim.body().path("lease").asString();
    if (!leases.add(lease)) {
      verdicts.found(Violation.LEASE_GIVEN_TWICE, "job " + id);
    }
    if (reported(id, lease)) {
      end(id, lease);
    }
  }

  /** Reports until the work is done; false when it is not this worker's any more. */
  private boolean reported(String id, String lease) throws InterruptedException {
    var percent = 0.0;
    var reports = 2 + random.nextInt(10);
    var silent = random.nextInt(12) == 0;
    for (var at = 0; at < reports; at++) {
      pause(random.nextInt(300));
      if (silent && at == 1) {
        pause((LEASE_SECONDS + 3) * 1_000); // the lease is lost
      }
      percent = Math.min(99, percent + random.nextDouble() * 100 / reports);
      var answer =
          api.post(
              "/jobs/" + id + "/progress",
              Map.of("lease", lease, "progress", Math.round(percent * 10) / 10.0));
      if (answer.status() == 409 || answer.status() == 404) {
        return false;
      }
      if (answer.body().path("cancel_requested").asBoolean(false) && random.nextBoolean()) {
        told(id, api.post("/jobs/" + id + "/cancelled", Map.of("lease", lease)));
        return false;
      }
      if (random.nextInt(6) == 0) {
        api.post("/jobs/" + id + "/logs", Map.of("lease", lease, "lines", List.of("a line")));
      }
    }
    return true;
  }

  private void end(String id, String lease) throws InterruptedException {
    var fate = random.nextInt(10);
    var path = "/jobs/" + id + (fate < 7 ? "/complete" : "/fail");
    Map<String, Object> body =
        fate < 7
            ? Map.of("lease", lease, "result", Map.of("by", name))
            : Map.of("lease", lease, "error", "as planned", "retryable", fate == 9);
    for (var tries = 0; tries < TRIES; tries++) {
      var answer = api.post(path, body);
      if (answer.ok()) {
        told(id, answer);
        return;
      }
      if (answer.status() / 100 == 4) {
        return;
      }
      pause(500);
    }
  }

  private void told(String id, Api.Answer answer) {
    var status = answer.body().path("status").asString("");
    if (answer.ok() && ENDS.contains(status)) {
      var before = ends.putIfAbsent(id, status);
      if (before != null && !before.equals(status)) {
        verdicts.found(Violation.SECOND_END, "job %s: %s and %s".formatted(id, before, status));
      }
    }
  }

  private static void pause(int millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
  }

  /** Workers that share what they know. */
  static List<TortureWorker> several(
      int count, Api api, Verdicts verdicts, Map<String, String> ends) {
    var workers = new ArrayList<TortureWorker>();
    Set<String> leases = ConcurrentHashMap.newKeySet();
    for (var at = 1; at <= count; at++) {
      var random = new Random(at);
      workers.add(new TortureWorker("worker-" + at, api, verdicts, leases, ends, random));
    }
    return workers;
  }
}
