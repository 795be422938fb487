package dev.headway.fpl.plan;

/** Searches plans. Implementations are safe for use by any thread. */
public interface PlanSolver {
  /**
   * Searches a plan and returns when it is proved, the time is up or the listener stops it.
   *
   * @throws dev.headway.core.error.HeadwayException when the search failed or could not begin
   */
  PlanResult solve(PlanRequest request, PlanListener listener);
}
