package dev.headway.filling.app;

import dev.headway.filling.model.Problem;
import dev.headway.filling.strategy.Strategy;
import java.util.List;

/**
 * A sound input: what is to be planned and how.
 *
 * @param strategies in the order in which they were asked for
 */
record Assignment(Problem problem, List<Strategy> strategies) {
  Assignment {
    strategies = List.copyOf(strategies);
  }

  /** The only strategy of a schedule. */
  Strategy strategy() {
    return strategies.getFirst();
  }
}
