package dev.headway.fpl.plan.model;

/** The engines of OR-Tools that the plan uses, by the names under which OR-Tools makes them. */
public enum Engine {
  /** Linear relaxations: Google's simplex, for bounds and reduced costs. */
  GLOP,
  /** Integer programs; proved the trial plans about three times as fast as CBC. */
  SCIP,
  /** Integer programs; the search is measured beside it. */
  HIGHS
}
