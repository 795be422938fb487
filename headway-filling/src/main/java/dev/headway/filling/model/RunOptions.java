package dev.headway.filling.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The options of a planning run, as opposed to the rules of the plan.
 *
 * @param startTime when the first clean begins; null for the moment of planning
 * @param timeLimit how long the searching strategies may take
 * @param seed of their random choices, so that a run can be repeated
 */
public record RunOptions(@Nullable Instant startTime, Duration timeLimit, long seed) {
  /** Begin now, one minute, seed 1. */
  public static final RunOptions DEFAULT = new RunOptions(null, Duration.ofMinutes(1), 1);

  /** The same within another time. */
  public RunOptions within(Duration limit) {
    return new RunOptions(startTime, limit, seed);
  }
}
