package dev.headway.core.job;

import java.time.Instant;

/**
 * A request that the work stop.
 *
 * @param at when
 * @param keepPartial whether what has been found so far is wanted as the result
 */
public record CancelRequest(Instant at, boolean keepPartial) {}
