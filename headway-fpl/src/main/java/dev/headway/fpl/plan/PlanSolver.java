package dev.headway.fpl.plan;

/** Where plans are searched: in this process or in another that a crash of the engine may take. */
public interface PlanSolver {
  /**
   * Searches a plan and returns when it is proved, the time is up or the run was stopped.
   *
   * @param listener hears of better plans and bounds, on the calling thread
   * @param stop told, before the search begins, how to end it from any thread
   */
  PlanResult solve(PlanRequest request, PlanListener listener, StopHook stop);

  /** Receives the action that ends a search at once. */
  @FunctionalInterface
  interface StopHook {
    /** Runs the action when the work is to stop, on any thread. */
    void onStop(Runnable action);
  }
}
