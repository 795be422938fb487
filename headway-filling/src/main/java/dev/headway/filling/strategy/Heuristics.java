package dev.headway.filling.strategy;

import java.util.EnumMap;
import java.util.Map;

/** The planners that place one lot after the other by a dispatching rule. */
public final class Heuristics {
  private Heuristics() {}

  /** Each heuristic strategy's planner. */
  public static Map<Strategy, Planner> all() {
    return new EnumMap<>(dispatchers());
  }

  /** Each heuristic strategy's dispatcher. */
  public static Map<Strategy, Dispatcher> dispatchers() {
    Map<Strategy, Dispatcher> planners = new EnumMap<>(Strategy.class);
    planners.put(Strategy.SMART_PACK, new Dispatcher(_ -> new ScoreRule(ScoreRule.Weights.SMART)));
    planners.put(Strategy.SPT_PACK, new Dispatcher(_ -> DispatchingRules::shortestFirst));
    planners.put(Strategy.LPT_PACK, new Dispatcher(_ -> DispatchingRules::longestFirst));
    planners.put(Strategy.CFS_PACK, new Dispatcher(DispatchingRules::clustersFirst));
    planners.put(
        Strategy.HYBRID_PACK, new Dispatcher(_ -> new ScoreRule(ScoreRule.Weights.HYBRID)));
    planners.put(Strategy.GIVEN, new Dispatcher(_ -> new GivenOrder()));
    return planners;
  }
}
