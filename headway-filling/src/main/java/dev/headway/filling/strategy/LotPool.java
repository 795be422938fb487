package dev.headway.filling.strategy;

/** The lots that wait for a place, as dispatching rules ask for them. */
sealed interface LotPool permits SortedPool, EligiblePool {
  /** The answer where there is no such lot. */
  int NONE = DispatchingRule.NONE;

  /** Whether a lot is among them. */
  boolean contains(int lot);

  /** How many are of a type. */
  int count(int type);

  /** The first one in the given order. */
  int first();

  /** The type's lot with the shortest fill on a line, if it fits into {@code room}. */
  int shortest(int line, int type, long room);

  /** The type's lot with the longest fill on a line that fits into {@code room}. */
  int longest(int line, int type, long room);
}
