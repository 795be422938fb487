package dev.headway.fpl.plan;

/** Follows a search. Called on the thread that searches. */
@FunctionalInterface
public interface PlanListener {
  /** A better plan or a tighter bound was found. */
  void improved(PlanProgress progress);
}
