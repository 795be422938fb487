package dev.headway.filling.bound;

import dev.headway.filling.model.Problem;

/**
 * A lower bound on the cost where dates, locks and calendars count: no lot ends earlier than it
 * would alone on its best line. So the makespan is at least the latest of these ends, and each lot
 * at least as late as then.
 */
final class DatesBound {
  private DatesBound() {}

  /**
   * Microseconds that no plan's cost can go below.
   *
   * @param makespan that none can go below, without the dates
   */
  static long of(Problem problem, long makespan) {
    var latest = makespan;
    var late = 0L;
    for (var lot = 0; lot < problem.lotCount(); lot++) {
      var end = earliestEnd(problem, lot);
      latest = Math.max(latest, end);
      late += problem.priority(lot) * Math.max(0, end - problem.due(lot));
    }
    return latest + late;
  }

  private static long earliestEnd(Problem problem, int lot) {
    if (problem.lockedStart(lot) < Problem.NEVER) {
      return problem.lockedStart(lot) + problem.shortestFill(lot);
    }
    var earliest = Problem.NEVER;
    for (var line = 0; line < problem.lineCount(); line++) {
      var alone = problem.timing().block(line, new int[] {lot}, 0);
      earliest = alone == null ? earliest : Math.min(earliest, alone.end());
    }
    return earliest;
  }
}
