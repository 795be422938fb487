package dev.headway.filling.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays the blocks of a line out in time. Every lot is filled as early as the blocks and their order
 * allow, so no other layout of them makes any lot earlier. Cleans and changeovers come as late as
 * they can, which leaves more of the sterile window. Immutable.
 *
 * <p>The window runs from the clean's end, over closed hours and waiting, too. A clean that would
 * make it too short is put off; since all that follows is put off with it at most as far, the first
 * clean that works is the best one.
 */
public final class Timing {
  /** How often a clean is put off; calendars repeat every week, so a few times show all. */
  private static final int MOST_TRIES = 60;

  private final Problem problem;

  Timing(Problem problem) {
    this.problem = problem;
  }

  /**
   * The moments of a block that is begun at a moment or later, or null when its lots cannot be
   * filled after one clean.
   *
   * @param from microseconds after the schedule's start
   */
  public @Nullable BlockTimes block(int line, int[] lots, long from) {
    var window = problem.window(line);
    if (work(line, lots) > window || !keepsCleans(lots)) {
      return null;
    }
    var fills = new long[lots.length];
    var clean = cleanEnd(line, from);
    for (var tries = 0; tries < MOST_TRIES && clean < Problem.NEVER; tries++) {
      var end = fill(line, lots, clean, fills);
      if (end >= Problem.NEVER) {
        return null;
      }
      if (end - clean <= window) {
        return times(line, lots, fills);
      }
      clean = cleanEnd(line, end - window - problem.cleaning());
    }
    return null;
  }

  /**
   * The moments of a block that need not keep the rules: its activities come in their order, each
   * as early as releases, locks and working time allow; one that fits no working time comes at
   * once.
   *
   * @param from microseconds after the schedule's start
   */
  BlockTimes loose(int line, int[] lots, long from) {
    var setups = new long[lots.length];
    var fills = new long[lots.length];
    var clean = startOrNow(line, from, problem.cleaning());
    var now = clean + problem.cleaning();
    for (var i = 0; i < lots.length; i++) {
      var setup = i == 0 ? 0 : setup(lots, i);
      setups[i] = startOrNow(line, now, setup);
      now = setups[i] + setup;
      var locked = problem.lockedStart(lots[i]);
      var fill = problem.fillTime(line, lots[i]);
      fills[i] =
          locked == Problem.NEVER
              ? startOrNow(line, Math.max(now, problem.release(lots[i])), fill)
              : Math.max(now, locked);
      now = fills[i] + fill;
    }
    return new BlockTimes(clean, setups, fills, now);
  }

  private long startOrNow(int line, long from, long duration) {
    var start = start(line, from, duration);
    return start >= Problem.NEVER ? from : start;
  }

  /**
   * When a line has filled all its blocks, or {@link Problem#NEVER} when they cannot be laid out.
   */
  public long end(int line, List<Block> blocks) {
    var now = 0L;
    for (var block : blocks) {
      var times = block(line, array(block), now);
      if (times == null) {
        return Problem.NEVER;
      }
      now = times.end();
    }
    return now;
  }

  /**
   * A plan's makespan, weighted tardiness and moves, or {@link Problem#NEVER}; see {@link
   * Plan#cost}.
   */
  public long cost(Plan plan) {
    var longest = 0L;
    var late = 0L;
    for (var line = 0; line < plan.lines().size(); line++) {
      var now = 0L;
      var previous = -1;
      for (var block : plan.lines().get(line)) {
        var lots = array(block);
        var times = block(line, lots, now);
        if (times == null) {
          return Problem.NEVER;
        }
        late += tardiness(line, lots, times) + moves(line, previous, lots);
        now = times.end();
        previous = lots[lots.length - 1];
      }
      longest = Math.max(longest, now);
    }
    return longest + late;
  }

  /** The tardiness of a block's lots, each times its priority. */
  public long tardiness(int line, int[] lots, BlockTimes times) {
    var late = 0L;
    for (var i = 0; i < lots.length; i++) {
      var end = times.fills()[i] + problem.fill(line, lots[i]);
      late += problem.priority(lots[i]) * Math.max(0, end - problem.due(lots[i]));
    }
    return late;
  }

  /** The cost of a block's lots that have moved; see {@link Problem#moveCost}. */
  public long moves(int line, int previous, int[] lots) {
    var cost = 0L;
    var before = previous;
    for (var lot : lots) {
      cost += problem.moveCost(line, before, lot);
      before = lot;
    }
    return cost;
  }

  static int[] array(Block block) {
    return block.lots().stream().mapToInt(lot -> lot).toArray();
  }

  private boolean keepsCleans(int[] lots) {
    for (var i = 0; i < lots.length; i++) {
      var clean = problem.lockedClean(lots[i]);
      if (clean != null && clean != (i == 0)) {
        return false;
      }
    }
    return true;
  }

  private long work(int line, int[] lots) {
    var work = 0L;
    for (var i = 0; i < lots.length; i++) {
      var fill = problem.fill(line, lots[i]);
      if (fill >= Problem.NEVER) {
        return Problem.NEVER;
      }
      work += fill + (i == 0 ? 0 : setup(lots, i));
    }
    return work;
  }

  private long setup(int[] lots, int at) {
    return problem.changeover(problem.typeOf(lots[at - 1]), problem.typeOf(lots[at]));
  }

  private long cleanEnd(int line, long from) {
    var start = start(line, from, problem.cleaning());
    return start >= Problem.NEVER ? Problem.NEVER : start + problem.cleaning();
  }

  /** The first moment for an activity; one that takes no time needs no working time. */
  private long start(int line, long from, long duration) {
    return duration == 0 ? from : problem.working(line).earliest(from, duration);
  }

  /** Notes when each lot's filling begins after a clean; returns when the last one ends. */
  private long fill(int line, int[] lots, long cleanEnd, long[] fills) {
    var now = cleanEnd;
    for (var i = 0; i < lots.length; i++) {
      if (i > 0) {
        var setup = setup(lots, i);
        now = start(line, now, setup) + setup;
      }
      fills[i] = begin(line, lots[i], now);
      if (fills[i] >= Problem.NEVER) {
        return Problem.NEVER;
      }
      now = fills[i] + problem.fill(line, lots[i]);
    }
    return now;
  }

  private long begin(int line, int lot, long now) {
    var fill = problem.fill(line, lot);
    var locked = problem.lockedStart(lot);
    if (locked == Problem.NEVER) {
      return start(line, Math.max(now, problem.release(lot)), fill);
    }
    return now <= locked && start(line, locked, fill) == locked ? locked : Problem.NEVER;
  }

  private BlockTimes times(int line, int[] lots, long[] fills) {
    var setups = new long[lots.length];
    for (var i = 1; i < lots.length; i++) {
      setups[i] = lastStart(line, fills[i], setup(lots, i));
    }
    var clean = lastStart(line, fills[0], problem.cleaning());
    var last = lots.length - 1;
    return new BlockTimes(clean, setups, fills, fills[last] + problem.fill(line, lots[last]));
  }

  private long lastStart(int line, long end, long duration) {
    return duration == 0 ? end : problem.working(line).latest(end, duration);
  }
}
