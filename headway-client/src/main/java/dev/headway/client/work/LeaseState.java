package dev.headway.client.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The server's answer to a report.
 *
 * @param cancelRequested whether the work is to stop
 * @param keepPartial whether what was found so far should become the cancelled job's result
 * @param leaseExpiresAt when the job is given to another worker unless there is another report;
 *     null where the server did not say
 */
public record LeaseState(
    boolean cancelRequested, boolean keepPartial, @Nullable Instant leaseExpiresAt) {
  /** The lease is held; a cancellation is told of by itself. */
  static final LeaseState HELD = new LeaseState(false, false, null);
}
