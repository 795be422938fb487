package dev.headway.fpl.plan;

import java.time.InstantSource;

/** Searches plans in this process. Safe for use by any thread. */
public final class LocalPlanSolver implements PlanSolver {
  private final InstantSource clock;

  /** A solver that measures its time limits by a clock. */
  public LocalPlanSolver(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public PlanResult solve(PlanRequest request, PlanListener listener, StopHook stop) {
    var search = new PlanSearch(request, listener, clock);
    stop.onStop(search::stop);
    return search.run();
  }
}
