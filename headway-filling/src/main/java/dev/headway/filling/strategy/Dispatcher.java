package dev.headway.filling.strategy;

import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * List scheduling (Graham, 1966) with cleans: places lot after lot, each on the line that could
 * begin to fill earliest. What a line would fill is its rule's choice, in its open block if
 * something fits there, else after a clean.
 */
public final class Dispatcher implements Planner {
  private final Function<Problem, DispatchingRule> rules;

  /** A dispatcher whose rule is made anew for each problem. */
  Dispatcher(Function<Problem, DispatchingRule> rules) {
    this.rules = rules;
  }

  @Override
  public Solution plan(Problem problem, PlanningListener listener) {
    return new Solution(place(problem, listener), LowerBound.of(problem));
  }

  /**
   * Places every lot, without a bound.
   *
   * @throws CancellationException when cancelled before every lot had a place
   */
  public Plan place(Problem problem, PlanningListener listener) {
    var rule = rules.apply(problem);
    if (problem.timed()) {
      return new TimedDispatcher(problem, rule).place(listener);
    }
    var waiting = new SortedPool(problem);
    List<Track> tracks = new ArrayList<>();
    for (var line = 0; line < problem.lineCount(); line++) {
      tracks.add(new Track(problem, line));
    }
    while (waiting.size() > 0) {
      if (listener.cancelled()) {
        throw new CancellationException("Cancelled before every lot had a place.");
      }
      waiting.remove(earliest(tracks, rule, waiting).place());
      listener.placed(problem.lotCount() - waiting.size(), problem.lotCount());
    }
    return new Plan(tracks.stream().map(Track::blocks).toList());
  }

  private static Track earliest(List<Track> tracks, DispatchingRule rule, SortedPool waiting) {
    Track best = null;
    for (var track : tracks) {
      track.choose(rule, waiting);
      if (track.ready() && (best == null || track.start() < best.start())) {
        best = track;
      }
    }
    if (best == null) {
      throw new IllegalStateException("No waiting lot fits any line.");
    }
    return best;
  }

  /** A line's blocks so far and what it would fill next. */
  private static final class Track {
    private final Problem problem;
    private final int line;
    private final List<Block> closed = new ArrayList<>();
    private List<Integer> lots = new ArrayList<>();
    private @Nullable OpenBlock open;
    private long end;
    private OpenBlock target;
    private int choice = DispatchingRule.NONE;

    Track(Problem problem, int line) {
      this.problem = problem;
      this.line = line;
      target = OpenBlock.fresh(problem, line);
    }

    /** Asks the rule again, unless what it said still holds. */
    void choose(DispatchingRule rule, SortedPool waiting) {
      if (ready() && waiting.contains(choice)) {
        return;
      }
      choice = DispatchingRule.NONE;
      if (open != null) {
        target = open;
        choice = rule.next(target, waiting);
      }
      if (choice == DispatchingRule.NONE) {
        target = OpenBlock.fresh(problem, line);
        choice = rule.next(target, waiting);
      }
    }

    boolean ready() {
      return choice != DispatchingRule.NONE;
    }

    /** When the chosen lot's filling would begin. */
    long start() {
      return end + (target.empty() ? problem.cleaning() : target.setup(problem.typeOf(choice)));
    }

    int place() {
      var lot = choice;
      end = start() + problem.fill(line, lot);
      if (target.empty()) {
        close();
      }
      lots.add(lot);
      open = target.with(lot);
      choice = DispatchingRule.NONE;
      return lot;
    }

    private void close() {
      if (!lots.isEmpty()) {
        closed.add(new Block(lots));
        lots = new ArrayList<>();
      }
    }

    List<Block> blocks() {
      close();
      return closed;
    }
  }
}
