package dev.headway.filling.work;

import dev.headway.filling.model.Problem;
import dev.headway.filling.strategy.Strategy;
import java.util.List;

/**
 * A sound input: what is to be planned and how.
 *
 * @param strategies in the order in which they were asked for
 */
public record Assignment(Problem problem, List<Strategy> strategies) {
  /** Takes a copy. */
  public Assignment {
    strategies = List.copyOf(strategies);
  }

  /** The only strategy of a schedule. */
  Strategy strategy() {
    return strategies.getFirst();
  }
}
