package dev.headway.core.engine;

import dev.headway.core.job.Command;
import dev.headway.core.job.Eta;
import dev.headway.core.job.EtaEstimator;
import dev.headway.core.job.EtaEstimator.Pace;
import dev.headway.core.job.Job;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.port.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The durations of past jobs by type, cached for a minute so that a flood of reports does not query
 * the store. Safe for use by any thread.
 */
final class Durations {
  private static final System.Logger LOG = System.getLogger(Durations.class.getName());
  private static final Duration MEMORY = Duration.ofMinutes(1);
  private static final int SAMPLE = 20;
  private static final int MAX_TYPES = 1_000;

  private record Known(Instant at, List<Duration> durations) {}

  private final ConcurrentHashMap<String, Known> byType = new ConcurrentHashMap<>();
  private final JobStore store;
  private final InstantSource clock;

  Durations(JobStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** A report as a command to its job, of the whole bar and with the time left. */
  Command command(Job job, String fence, ProgressReport report) {
    var whole = report.ofWhole(job.steps(), job.progress());
    return new Command.Report(fence, whole, eta(job, whole.percentAfter(job.progress())));
  }

  /** The time left of the job's attempt at a percentage; null when unknown. */
  @Nullable Eta eta(Job job, @Nullable Double percent) {
    var started = job.times().started();
    if (started == null) {
      return null;
    }
    var now = clock.instant();
    var begin = job.progress().begin();
    var pace =
        begin == null
            ? new Pace(Duration.between(started, now), Duration.ZERO, percent == null ? 0 : percent)
            : new Pace(
                Duration.between(started, now), Duration.between(begin.at(), now), begin.percent());
    return EtaEstimator.estimate(pace, percent, of(job.spec().type()));
  }

  private List<Duration> of(String type) {
    var now = clock.instant();
    var known = byType.get(type);
    if (known == null || known.at().plus(MEMORY).isBefore(now)) {
      known = new Known(now, asked(type));
      if (byType.size() >= MAX_TYPES) { // clients name the types of external work
        byType.clear();
      }
      byType.put(type, known);
    }
    return known.durations();
  }

  /* A report needs no store, and an estimate is not worth its failing. */
  private List<Duration> asked(String type) {
    try {
      return store.durations(type, SAMPLE);
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, "Past runs of " + type + " could not be read", failure);
      return List.of();
    }
  }
}
