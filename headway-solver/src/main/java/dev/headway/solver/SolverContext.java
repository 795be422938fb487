package dev.headway.solver;

import tools.jackson.databind.JsonNode;

/** A running task's connection to whoever asked for it. Safe for use by several threads. */
public interface SolverContext {
  /** Tells how far the task is. */
  void report(JsonNode event);

  /** Whether the task must end. */
  boolean stopRequested();

  /** Has an action run once when the task must end; at once if it already must. */
  void onStop(Runnable action);
}
