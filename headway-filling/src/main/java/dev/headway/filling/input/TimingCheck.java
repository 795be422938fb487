package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/** Finds lines without working time, lots that fit none of it, and locks that collide. */
final class TimingCheck {
  private final Problem problem;
  private final List<ReadLots.Placed> lots;
  private final List<Defect> defects = new ArrayList<>();

  private TimingCheck(Problem problem, List<ReadLots.Placed> lots) {
    this.problem = problem;
    this.lots = lots;
  }

  static List<Defect> defects(Problem problem, List<ReadLots.Placed> lots) {
    var check = new TimingCheck(problem, lots);
    if (problem.timed()) {
      check.check();
    }
    return check.defects;
  }

  private void check() {
    for (var line = 0; line < problem.lineCount(); line++) {
      checkCalendar(line);
    }
    if (defects.isEmpty()) {
      IntStream.range(0, lots.size()).forEach(this::checkLot);
    }
    if (defects.isEmpty()) {
      IntStream.range(0, problem.lineCount()).forEach(this::checkLocks);
    }
  }

  private void checkCalendar(int line) {
    var name = problem.settings().lines().get(line).name();
    var clean = Math.max(1, problem.cleaning());
    if (problem.working(line).earliest(0, 1) >= Problem.NEVER) {
      defects.add(
          Defect.of(
              "The calendar of '%s' has no working hour after the schedule's start; change its shifts"
                      .formatted(name)
                  + " or shutdowns."));
    } else if (problem.working(line).earliest(0, clean) >= Problem.NEVER) {
      defects.add(
          Defect.of(
              String.format(
                  Locale.ROOT,
                  "The calendar of '%s' has no working time as long as a clean, %.2f h; join shifts or"
                      + " shorten the clean.",
                  name,
                  Micros.toHours(clean))));
    }
  }

  private void checkLot(int lot) {
    var clean = problem.lockedClean(lot);
    if (clean != null && !clean) {
      return; // it follows another one
    }
    var alone =
        IntStream.range(0, problem.lineCount())
            .anyMatch(line -> problem.timing().block(line, new int[] {lot}, 0) != null);
    if (!alone) {
      refuse(lot, problem.lockedStart(lot) == Problem.NEVER ? tooLong(lot) : badLock(lot));
    }
  }

  private void refuse(int lot, String message) {
    defects.add(new Defect(null, lots.get(lot).row(), null, message));
  }

  private String id(int lot) {
    return problem.lot(lot).id();
  }

  private String tooLong(int lot) {
    return String.format(
        Locale.ROOT,
        "Lot '%s' takes %.2f h to fill, which fits no working time of its lines; split it or lengthen"
            + " the shifts.",
        id(lot),
        Micros.toHours(problem.shortestFill(lot)));
  }

  private String badLock(int lot) {
    return "Lot '%s' cannot begin at %s: the line does not work then, or the schedule begins too late for its clean."
        .formatted(id(lot), at(problem.lockedStart(lot)));
  }

  private Instant at(long micros) {
    var start = Objects.requireNonNull(problem.settings().run().startTime());
    return start.plus(micros, ChronoUnit.MICROS);
  }

  private void checkLocks(int line) {
    var locked =
        IntStream.range(0, lots.size())
            .filter(lot -> problem.fits(line, lot) && problem.lockedStart(lot) < Problem.NEVER)
            .boxed()
            .sorted(Comparator.comparingLong(problem::lockedStart))
            .toList();
    var open = new int[0];
    for (var lot : locked) {
      open = checkNext(line, open, lot);
    }
  }

  /** The block that a lot of fixed time is in, with the lots before it; refused without any. */
  private int[] checkNext(int line, int[] open, int lot) {
    var more = Arrays.copyOf(open, open.length + 1);
    more[open.length] = lot;
    if (problem.timing().block(line, more, 0) != null) {
      return more;
    }
    var alone = new int[] {lot};
    var last = open.length == 0 ? lot : open[open.length - 1];
    var end = open.length == 0 ? 0 : problem.lockedStart(last) + problem.fill(line, last);
    if (problem.timing().block(line, alone, end) == null) {
      refuse(
          lot,
          "Lot '%s' is locked at %s, but '%s' is filled until %s on the same line, and a changeover or"
                  .formatted(id(lot), at(problem.lockedStart(lot)), id(last), at(end))
              + " a clean must come between.");
    }
    return alone;
  }
}
