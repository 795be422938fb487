package dev.headway.fpl.advice;

import tools.jackson.databind.JsonNode;

/** Receives the progress of an analysis. Called by the thread that runs it. */
public interface AnalysisListener {
  /** A phase begins. */
  void phase(Phase phase, String message);

  /**
   * Part of the present phase is done.
   *
   * @param fraction 0 to 1
   */
  void fraction(double fraction, String message);

  /** Part of the answer is known before the rest. */
  void partial(JsonNode part);

  /** Whether the analysis shall stop. */
  boolean stopRequested();
}
