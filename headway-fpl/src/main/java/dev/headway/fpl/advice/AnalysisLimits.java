package dev.headway.fpl.advice;

import java.time.Duration;

/**
 * How long the searches of an analysis may take.
 *
 * @param plan the plan itself
 * @param alternative the best plan that begins otherwise
 * @param scenario each absence of a starter
 */
public record AnalysisLimits(Duration plan, Duration alternative, Duration scenario) {
  /** Limits under which the default horizon is usually proved on two cores. */
  public static final AnalysisLimits DEFAULT =
      new AnalysisLimits(Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(5));
}
