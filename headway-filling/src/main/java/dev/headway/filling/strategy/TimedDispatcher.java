package dev.headway.filling.strategy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * List scheduling where dates, locks and calendars decide when lots can be filled: like {@link
 * Dispatcher}, but a rule chooses only among the lots that a line may begin, and only such that the
 * line's next lot of fixed time is still reached ({@link TimedTrack}). Used once, by one thread.
 */
final class TimedDispatcher {
  private final Problem problem;
  private final boolean[] waiting;
  private final int[] lineOf;
  private final List<TimedTrack> tracks = new ArrayList<>();

  TimedDispatcher(Problem problem, DispatchingRule rule) {
    this.problem = problem;
    waiting = new boolean[problem.lotCount()];
    Arrays.fill(waiting, true);
    lineOf = new int[problem.lotCount()];
    Arrays.fill(lineOf, -1);
    var urgency = new Urgency(problem);
    for (var line = 0; line < problem.lineCount(); line++) {
      tracks.add(new TimedTrack(problem, line, rule, urgency));
    }
  }

  /**
   * Places every lot.
   *
   * @throws CancellationException when cancelled before every lot had a place
   * @throws HeadwayException EXECUTION_ERROR when the locks leave no place for a lot
   */
  Plan place(PlanningListener listener) {
    for (var placed = 0; placed < waiting.length; placed++) {
      if (listener.cancelled()) {
        throw new CancellationException("Cancelled before every lot had a place.");
      }
      var track = earliest();
      var lot = track.place();
      waiting[lot] = false;
      lineOf[lot] = track.line();
      listener.placed(placed + 1, waiting.length);
    }
    return new Plan(tracks.stream().map(TimedTrack::blocks).toList());
  }

  private TimedTrack earliest() {
    TimedTrack best = null;
    for (var track : tracks) {
      track.choose(lot -> mayComeNext(track.line(), lot));
      if (track.ready() && (best == null || track.start() < best.start())) {
        best = track;
      }
    }
    if (best == null) {
      throw new HeadwayException(
          ErrorCode.EXECUTION_ERROR,
          "No time was found for lot '%s' beside the lots that are locked; unlock some of them."
              .formatted(problem.lot(firstWaiting()).id()));
    }
    return best;
  }

  private boolean mayComeNext(int line, int lot) {
    var after = problem.after(lot);
    return waiting[lot] && problem.fits(line, lot) && (after < 0 || lineOf[after] == line);
  }

  private int firstWaiting() {
    var lot = 0;
    while (!waiting[lot]) {
      lot++;
    }
    return lot;
  }
}
