package dev.headway.server.jobs;

import dev.headway.core.engine.Jobs;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Lease;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines in the logs of jobs for the reports that were refused, so that the page of a job whose
 * worker counts wrongly says why its bar stands still: the first few of each lease. Blocks on the
 * store; thread-safe.
 */
final class RefusedReports {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedReports.class);
  private static final int LINES_OF_A_LEASE = 3;
  private static final int MOST_LEASES = 1_000;

  private final Jobs jobs;
  private final ConcurrentHashMap<String, Integer> lines = new ConcurrentHashMap<>();

  RefusedReports(Jobs jobs) {
    this.jobs = jobs;
  }

  /** Notes a refusal for what was wrong with a report; returns it. */
  HeadwayException noted(UUID id, @Nullable String lease, HeadwayException reason) {
    if (reason.code() == ErrorCode.VALIDATION_ERROR && lease != null && holds(id, lease)) {
      if (lines.size() >= MOST_LEASES) { // most are of jobs that have ended
        lines.clear();
      }
      if (lines.merge(lease, 1, Integer::sum) <= LINES_OF_A_LEASE) {
        note(id, reason);
      }
    }
    return reason;
  }

  private boolean holds(UUID id, String lease) {
    return jobs.find(id)
        .flatMap(job -> Optional.ofNullable(job.lease()))
        .map(Lease::token)
        .filter(lease::equals)
        .isPresent();
  }

  /* The worker is told in any case; the line is for those who watch. */
  private void note(UUID id, HeadwayException reason) {
    try {
      jobs.log(id, "log", List.of("[headway] A report was refused: " + reason.safeMessage()));
    } catch (HeadwayException failure) {
      LOG.debug("The job {} has no line for a refused report", id, failure);
    }
  }
}
