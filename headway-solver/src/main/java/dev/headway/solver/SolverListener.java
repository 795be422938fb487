package dev.headway.solver;

import tools.jackson.databind.JsonNode;

/** Hears a running task and says whether it shall go on. Called by the asking thread. */
public interface SolverListener {
  /** What the task reported. */
  void reported(JsonNode event);

  /** Whether the task shall stop; asked some twenty times a second. */
  boolean stopRequested();
}
