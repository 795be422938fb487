package dev.headway.fpl.advice;

import dev.headway.fpl.plan.PlanRequest;
import java.util.Map;

/**
 * The search that an analysis begins with, and the names of its players.
 *
 * @param plan what is searched
 * @param names of the players, by id
 */
public record PlanQuestion(PlanRequest plan, Map<Integer, String> names) {
  /** Copies the map. */
  public PlanQuestion {
    names = Map.copyOf(names);
  }
}
