package dev.headway.fpl.advice;

import java.time.Duration;

/**
 * The time limits of an analysis' searches.
 *
 * @param plan the plan itself
 * @param alternative the best plan that begins otherwise
 * @param scenario each absence of a starter
 */
public record AnalysisLimits(Duration plan, Duration alternative, Duration scenario) {
  /** Limits under which an analysis of the default horizon takes less than half a minute. */
  public static final AnalysisLimits DEFAULT = of(Duration.ofSeconds(16));

  /** A limit of the plan; the others in proportion. */
  public static AnalysisLimits of(Duration plan) {
    return new AnalysisLimits(plan, plan.dividedBy(3), plan.dividedBy(9));
  }
}
