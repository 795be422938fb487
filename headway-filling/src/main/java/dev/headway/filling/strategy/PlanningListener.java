package dev.headway.filling.strategy;

/**
 * Receives a planner's progress, and tells it when to stop.
 *
 * <p>Called by the planning thread; an implementation must return quickly.
 */
public interface PlanningListener {
  /** Hears nothing and never cancels. */
  PlanningListener SILENT = new PlanningListener() {};

  /** So many of all lots have their place. */
  default void placed(int done, int total) {}

  /**
   * A better schedule or a higher bound is known.
   *
   * @param makespan of the best schedule so far, microseconds; with due dates its cost
   * @param lowerBound proven so far, microseconds
   */
  default void improved(long makespan, long lowerBound) {}

  /**
   * Something that people should know about how the plan came about.
   *
   * @param text a sentence
   */
  default void noted(String text) {}

  /** Whether the planner must stop. */
  default boolean cancelled() {
    return false;
  }
}
