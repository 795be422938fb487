package dev.headway.bench.torture;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A watcher of the jobs of all present rounds. Thread-safe. */
abstract class JobWatcher extends TortureWatcher {
  private final Verdicts verdicts;
  private final Set<String> jobs;
  private final Map<String, View> views = new ConcurrentHashMap<>();

  /**
   * @param jobs to be watched; changes from round to round
   */
  JobWatcher(String name, Api api, Verdicts verdicts, Set<String> jobs) {
    super(name, api);
    this.verdicts = verdicts;
    this.jobs = jobs;
  }

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
}
