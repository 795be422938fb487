package dev.headway.filling.strategy;

/** Chooses what a line fills next. */
@FunctionalInterface
interface DispatchingRule {
  /** The answer when no waiting lot fits. */
  int NONE = -1;

  /** The number of a waiting lot that fits the line's block as it stands, or {@link #NONE}. */
  int next(OpenBlock block, LotPool waiting);
}
