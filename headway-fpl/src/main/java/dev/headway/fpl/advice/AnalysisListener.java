package dev.headway.fpl.advice;

import tools.jackson.databind.JsonNode;

/** Receives the progress of an analysis. Called by the thread that runs it. */
public interface AnalysisListener {
  /** Hears nothing and never stops. */
  AnalysisListener SILENT =
      new AnalysisListener() {
        @Override
        public void phase(Phase phase, String message) {}

        @Override
        public void fraction(double fraction, String message) {}

        @Override
        public void partial(JsonNode known) {}

        @Override
        public boolean stopRequested() {
          return false;
        }
      };

  /** A phase begins. */
  void phase(Phase phase, String message);

  /**
   * Part of the present phase is done.
   *
   * @param fraction 0 to 1
   */
  void fraction(double fraction, String message);

  /**
   * Part of the answer is known before the rest.
   *
   * @param known all that is known so far, as the contract has it
   */
  void partial(JsonNode known);

  /** Whether the analysis shall stop. */
  boolean stopRequested();
}
