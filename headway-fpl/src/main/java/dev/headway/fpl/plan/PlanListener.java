package dev.headway.fpl.plan;

/** Receives the progress of a search. Called by the thread that asked for it. */
public interface PlanListener {
  /** Hears nothing and never stops. */
  PlanListener SILENT =
      new PlanListener() {
        @Override
        public void improved(PlanProgress progress) {}

        @Override
        public boolean stopRequested() {
          return false;
        }
      };

  /** A better plan or a tighter bound was found. */
  void improved(PlanProgress progress);

  /** Whether the search shall stop; asked some twenty times a second. */
  boolean stopRequested();
}
