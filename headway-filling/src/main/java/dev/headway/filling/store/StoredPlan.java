package dev.headway.filling.store;

import dev.headway.filling.model.Plan;
import java.time.Duration;
import java.time.Instant;

/**
 * A strategy's plan, as it is stored.
 *
 * @param position among the task's strategies, from 0
 * @param strategy by name
 * @param start when every line's first clean begins
 * @param lowerBound microseconds that no plan's makespan can go below
 * @param took how long planning took
 * @param plan the decisions, from which the schedule follows
 */
public record StoredPlan(
    int position, String strategy, Instant start, long lowerBound, Duration took, Plan plan) {
  /** The same with another lower bound. */
  public StoredPlan above(long bound) {
    return new StoredPlan(position, strategy, start, bound, took, plan);
  }

  /** The same with other decisions, above another lower bound. */
  public StoredPlan with(Plan other, long bound) {
    return new StoredPlan(position, strategy, start, bound, took, other);
  }

  /** The same as the only plan of a task. */
  public StoredPlan alone() {
    return new StoredPlan(0, strategy, start, lowerBound, took, plan);
  }
}
