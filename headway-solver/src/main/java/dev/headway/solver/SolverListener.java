package dev.headway.solver;

import tools.jackson.databind.JsonNode;

/** Hears a running task and says whether it shall go on. Called by the asking thread. */
public interface SolverListener {
  /** Receives a report of the task. */
  void reported(JsonNode event);

  /** Whether the task shall stop; asked some twenty times a second. */
  boolean stopRequested();

  /**
   * Whether the result of a stopped task is of use. If not, its process is ended unless it stops at
   * once.
   */
  default boolean resultWanted() {
    return true;
  }
}
