package dev.headway.fpl.app;

import dev.headway.fpl.advice.AnalysisLimits;
import dev.headway.fpl.plan.PlanSolver;
import java.time.Duration;

/**
 * The settings of the application.
 *
 * @param source where seasons come from
 * @param solver searches plans
 * @param limits how long its searches may take
 * @param heartbeat after how much silence a watcher is sent a heartbeat
 */
public record FplConfig(
    SourceSetting source, PlanSolver solver, AnalysisLimits limits, Duration heartbeat) {
  /** This source and solver, the usual limits, a heartbeat after 2 s. */
  public static FplConfig of(SourceSetting source, PlanSolver solver) {
    return new FplConfig(source, solver, AnalysisLimits.DEFAULT, Duration.ofSeconds(2));
  }

  /** The same with other limits. */
  public FplConfig with(AnalysisLimits others) {
    return new FplConfig(source, solver, others, heartbeat);
  }
}
