package dev.headway.filling.bound;

import java.util.stream.LongStream;

/**
 * The work that lines can do within a time. A line with b blocks has {@code min(w·b, T − clean·b)}
 * of sterile time within T, w being its window, and b is a whole number: that is why several lines
 * cannot share their cleans as evenly as their hours.
 */
final class LineCapacity {
  private final long[] windows;
  private final long cleaning;
  private final int lots;
  private final int leastBlocks;

  /**
   * @param windows each line's, microseconds
   * @param cleaning microseconds
   * @param lots how many there are: a line has no more blocks than that
   * @param leastBlocks how many blocks all lines have together at least
   */
  LineCapacity(long[] windows, long cleaning, int lots, int leastBlocks) {
    this.windows = windows.clone();
    this.cleaning = cleaning;
    this.lots = lots;
    this.leastBlocks = leastBlocks;
  }

  /**
   * The shortest time, but no shorter than {@code atLeast}, in which the lines can do the work.
   *
   * @param work microseconds of filling, and a changeover before every lot
   * @param spared microseconds of changeover that each block's first lot does without
   */
  long shortest(long work, long spared, long atLeast) {
    if (most(atLeast, spared) >= work) {
      return atLeast;
    }
    var tooShort = atLeast;
    var enough = 2 * atLeast;
    while (most(enough, spared) < work) {
      enough *= 2;
    }
    while (enough - tooShort > 1) {
      var middle = (tooShort + enough) >>> 1;
      if (most(middle, spared) >= work) {
        enough = middle;
      } else {
        tooShort = middle;
      }
    }
    return enough;
  }

  private long most(long time, long spared) {
    if (LongStream.of(windows).allMatch(window -> window == windows[0])) {
      var best = windows.length * bestCount(windows[0], time, spared);
      return evenly(Math.max(leastBlocks, best), time, spared);
    }
    return LongStream.of(windows)
        .map(window -> taken(window, bestCount(window, time, spared), time, spared))
        .sum();
  }

  /**
   * The capacity of lines with the same window and so many blocks together; more on one is no gain.
   */
  private long evenly(long blocks, long time, long spared) {
    var few = blocks / windows.length;
    var withMore = blocks % windows.length;
    return withMore * taken(windows[0], few + 1, time, spared)
        + (windows.length - withMore) * taken(windows[0], few, time, spared);
  }

  private long taken(long window, long blocks, long time, long spared) {
    return Math.min((window + spared) * blocks, time - (cleaning - spared) * blocks);
  }

  /** Both limits are straight lines, so the best number is where they meet, or next to it. */
  private long bestCount(long window, long time, long spared) {
    var meet = Math.min(lots, time / (window + cleaning));
    return LongStream.of(meet, Math.min(lots, meet + 1), lots)
        .reduce((one, other) ->
            taken(window, other, time, spared) > taken(window, one, time, spared) ? other : one)
        .orElseThrow();
  }
}
