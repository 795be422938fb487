package dev.headway.client.work;

import java.time.Instant;

/**
 * The server's answer to a report.
 *
 * @param cancelRequested whether the work is to stop
 * @param keepPartial whether what was found so far should become the cancelled job's result
 * @param leaseExpiresAt when the job is given to another worker unless there is another report
 */
public record LeaseState(boolean cancelRequested, boolean keepPartial, Instant leaseExpiresAt) {}
