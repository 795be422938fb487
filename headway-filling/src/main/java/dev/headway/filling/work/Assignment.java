package dev.headway.filling.work;

import dev.headway.filling.model.Problem;
import dev.headway.filling.strategy.Strategy;
import java.time.Duration;
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

  /** The same with so much less time for a search, of which at least half is left. */
  Assignment withLess(Duration spent) {
    var run = problem.settings().run();
    var half = run.timeLimit().dividedBy(2);
    var left = spent.compareTo(half) < 0 ? run.timeLimit().minus(spent) : half;
    var settings = problem.settings().with(run.within(left));
    return new Assignment(new Problem(problem.lots(), settings), strategies);
  }

  /** The only strategy of a schedule. */
  Strategy strategy() {
    return strategies.getFirst();
  }
}
