package dev.headway.filling.strategy;

import dev.headway.filling.model.Block;
import dev.headway.filling.model.BlockTimes;
import dev.headway.filling.model.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A line's blocks so far and what it would fill next, where dates, locks and calendars count. Used
 * by one thread.
 */
final class TimedTrack {
  private static final int NONE = DispatchingRule.NONE;
  private static final int[] EMPTY = {};

  private final Problem problem;
  private final int line;
  private final DispatchingRule rule;
  private final Urgency urgency;
  private final Deque<Integer> locked;
  private final List<int[]> closed = new ArrayList<>();

  /** The lots of the open block, when it may begin, and its moments. */
  private int[] open = EMPTY;

  private long openFrom;
  private @Nullable BlockTimes openTimes;

  private int choice = NONE;
  private boolean fresh;
  private @Nullable BlockTimes chosenTimes;

  TimedTrack(Problem problem, int line, DispatchingRule rule, Urgency urgency) {
    this.problem = problem;
    this.line = line;
    this.rule = rule;
    this.urgency = urgency;
    locked =
        new ArrayDeque<>(
            IntStream.range(0, problem.lotCount())
                .filter(lot -> isLocked(lot) && problem.fits(line, lot))
                .boxed()
                .sorted(Comparator.comparingLong(problem::lockedStart))
                .toList());
  }

  int line() {
    return line;
  }

  boolean ready() {
    return choice != NONE;
  }

  /** When the chosen lot's filling would begin. */
  long start() {
    var fills = times(chosenTimes).fills();
    return fills[fills.length - 1];
  }

  private static BlockTimes times(@Nullable BlockTimes times) {
    if (times == null) {
      throw new IllegalStateException("Nothing is chosen.");
    }
    return times;
  }

  private boolean isLocked(int lot) {
    return problem.lockedStart(lot) != Problem.NEVER;
  }

  /**
   * Chooses anew, unless the choice may still come next: in the open block, else after a clean, and
   * a lot of fixed time once nothing else fits before it.
   */
  void choose(IntPredicate mayComeNext) {
    if (ready() && mayComeNext.test(choice)) {
      return;
    }
    choice = NONE;
    var candidates =
        IntStream.range(0, problem.lotCount())
            .filter(lot -> !isLocked(lot) && mayComeNext.test(lot))
            .boxed()
            .toList();
    if (open.length > 0) {
      ask(candidates, false);
    }
    if (!ready()) {
      ask(candidates, true);
    }
    if (!ready()) {
      chooseLocked(mayComeNext);
    }
  }

  private void chooseLocked(IntPredicate mayComeNext) {
    while (!locked.isEmpty() && !waits(locked.getFirst(), mayComeNext)) {
      locked.removeFirst(); // it runs on another line
    }
    if (!locked.isEmpty() && mayComeNext.test(locked.getFirst())) {
      if (!accept(locked.getFirst(), false)) {
        accept(locked.getFirst(), true);
      }
    }
  }

  private boolean waits(int lot, IntPredicate mayComeNext) {
    return mayComeNext.test(lot) || problem.after(lot) >= 0;
  }

  /** Asks the rule until what it chooses has a time. */
  private void ask(List<Integer> candidates, boolean afterClean) {
    var pool = new EligiblePool(problem, eligible(candidates, afterClean));
    var block = block(afterClean);
    while (!ready()) {
      var lot = rule.next(block, pool);
      if (lot == NONE) {
        return;
      }
      if (!accept(lot, afterClean)) {
        pool.remove(lot);
      }
    }
  }

  /** The lots among which the rule may choose; for the given order that is the next one alone. */
  private List<Integer> eligible(List<Integer> candidates, boolean afterClean) {
    if (candidates.isEmpty() || rule instanceof GivenOrder) {
      return candidates.stream().limit(1).toList();
    }
    var now = end() + (afterClean ? problem.cleaning() : 0);
    var first = candidates.stream().mapToLong(problem::release).min().orElse(0);
    var released =
        candidates.stream().filter(lot -> problem.release(lot) <= Math.max(now, first)).toList();
    return urgency.first(released, line, now);
  }

  private long end() {
    return openTimes == null ? openFrom : openTimes.end();
  }

  /** The block that the rule judges by: its slack is what the clean's window has left. */
  private OpenBlock block(boolean afterClean) {
    var block = OpenBlock.fresh(problem, line);
    if (afterClean || openTimes == null) {
      return block;
    }
    for (var lot : open) {
      block = block.with(lot);
    }
    var used = openTimes.end() - openTimes.clean() - problem.cleaning();
    var slack = problem.window(line) - used;
    return new OpenBlock(problem, line, slack, block.lastType(), block.streak());
  }

  private boolean accept(int lot, boolean afterClean) {
    var lots = afterClean ? new int[] {lot} : with(open, lot);
    var times = problem.timing().block(line, lots, afterClean ? end() : openFrom);
    if (times == null || !reachesLocked(lots, times)) {
      return false;
    }
    choice = lot;
    fresh = afterClean;
    chosenTimes = times;
    return true;
  }

  /** Whether the next lot of fixed time can still follow, in the same block or after a clean. */
  private boolean reachesLocked(int[] lots, BlockTimes times) {
    var last = lots[lots.length - 1];
    var next = locked.stream().filter(other -> other != last).findFirst().orElse(NONE);
    if (next == NONE) {
      return true;
    }
    var from = lots.length == 1 ? end() : openFrom;
    return problem.timing().block(line, with(lots, next), from) != null
        || problem.timing().block(line, new int[] {next}, times.end()) != null;
  }

  private static int[] with(int[] lots, int lot) {
    var more = Arrays.copyOf(lots, lots.length + 1);
    more[lots.length] = lot;
    return more;
  }

  int place() {
    var lot = choice;
    if (fresh) {
      openFrom = end();
      close();
    }
    open = with(open, lot);
    openTimes = chosenTimes;
    locked.remove(lot);
    choice = NONE;
    return lot;
  }

  private void close() {
    if (open.length > 0) {
      closed.add(open);
      open = EMPTY;
    }
  }

  List<Block> blocks() {
    close();
    return closed.stream().map(lots -> new Block(Arrays.stream(lots).boxed().toList())).toList();
  }
}
