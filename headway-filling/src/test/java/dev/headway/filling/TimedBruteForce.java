package dev.headway.filling;

import dev.headway.filling.model.Line;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lowest cost of all plans by trying each: every order of every lot on every line, each step in
 * every hour. All times must be whole hours. Shares nothing with the planners: it works from lots,
 * lines and calendars, hour by hour.
 */
public final class TimedBruteForce {
  private static final int HORIZON = 24 * 21;

  private final Problem problem;
  private final boolean[][] works;
  private final Instant start;
  private long best;

  private TimedBruteForce(Problem problem, Instant start, long limit) {
    this.problem = problem;
    this.start = start;
    best = limit;
    works = new boolean[problem.lineCount()][HORIZON];
    for (var line = 0; line < works.length; line++) {
      for (var hour = 0; hour < HORIZON; hour++) {
        works[line][hour] = works(line(line), start.plus(hour, ChronoUnit.HOURS));
      }
    }
  }

  /**
   * The lowest cost of all plans, in hours.
   *
   * @param limit what is returned when no plan costs less
   */
  public static long optimum(Problem problem, Instant start, long limit) {
    var search = new TimedBruteForce(problem, start, limit);
    search.fillLine(0, new ArrayList<>(), new HashSet<>(problem.lots()), new Cost(0, 0));
    return search.best;
  }

  /** So far: when the last line ends, and the weighted tardiness. */
  private record Cost(long makespan, long late) {
    long total() {
      return makespan + late;
    }
  }

  private Line line(int number) {
    return problem.settings().lines().get(number);
  }

  private static boolean works(Line line, Instant hour) {
    var calendar = line.calendar();
    var time = hour.atZone(calendar.zone());
    var shut =
        calendar.shutdowns().stream()
            .anyMatch(closed -> !hour.isBefore(closed.from()) && hour.isBefore(closed.to()));
    var onShift =
        calendar.shifts().stream()
            .anyMatch(shift -> {
              var from = shift.from().getHour();
              var to = shift.to().getHour();
              var today = shift.days().contains(time.getDayOfWeek());
              var yesterday = shift.days().contains(time.getDayOfWeek().minus(1));
              return to > from
                  ? today && time.getHour() >= from && time.getHour() < to
                  : (today && time.getHour() >= from) || (yesterday && time.getHour() < to);
            });
    return !shut && (calendar.shifts().isEmpty() || onShift);
  }

  /** Tries every block as the next one of a line, and the next line. */
  private void fillLine(int line, List<Lot> done, Set<Lot> left, Cost cost) {
    if (cost.total() >= best) {
      return;
    }
    if (left.isEmpty()) {
      best = cost.total();
      return;
    }
    if (line < problem.lineCount()) {
      openBlock(line, 0, done, left, cost);
      fillLine(line + 1, new ArrayList<>(), left, cost);
    }
  }

  private void openBlock(int line, int from, List<Lot> done, Set<Lot> left, Cost cost) {
    var clean = hours(problem.cleaning());
    var latest = 0;
    for (var begin = from; begin + clean < HORIZON / 2; begin++) {
      if (free(line, begin, clean)) {
        extend(new State(line, begin + clean, begin + clean, null), done, left, cost);
        latest++;
      }
      if (latest > 70) {
        return; // all releases, shutdowns and nights are over by then
      }
    }
  }

  private record State(int line, int cleanEnd, int now, @Nullable Lot last) {}

  private void extend(State state, List<Lot> done, Set<Lot> left, Cost cost) {
    for (var lot : List.copyOf(left)) {
      var line = line(state.line());
      if (lot.terms().allows(line.name()) && inOrder(lot, done)) {
        var begin = begin(state, lot);
        var end = begin + hours(lot.fillTimeOn(line));
        var clean = lot.terms().lock().clean();
        if (clean != null && clean != (state.last() == null)) {
          continue;
        }
        if (begin >= 0 && end - state.cleanEnd() <= hours(line.window())) {
          fill(state, lot, end, done, left, cost);
        }
      }
    }
  }

  private static boolean inOrder(Lot lot, List<Lot> done) {
    var after = lot.terms().lock().after();
    return after == null || done.stream().anyMatch(other -> other.id().equals(after));
  }

  private void fill(State state, Lot lot, int end, List<Lot> done, Set<Lot> left, Cost cost) {
    var due = lot.terms().due();
    var late = due == null ? 0 : Math.max(0, end - ChronoUnit.HOURS.between(start, due));
    var next =
        new Cost(
            Math.max(cost.makespan(), end),
            cost.late() + late * lot.terms().priority() + moved(state, lot, done));
    if (next.total() >= best) {
      return;
    }
    var more = new ArrayList<>(done);
    more.add(lot);
    var fewer = new HashSet<>(left);
    fewer.remove(lot);
    if (fewer.isEmpty()) {
      best = next.total();
      return;
    }
    extend(new State(state.line(), state.cleanEnd(), end, lot), more, fewer, next);
    openBlock(state.line(), end, more, fewer, next);
    fillLine(state.line() + 1, new ArrayList<>(), fewer, next);
  }

  private long moved(State state, Lot lot, List<Lot> done) {
    var was = lot.terms().was();
    if (was == null) {
      return 0;
    }
    var before = done.isEmpty() ? null : done.getLast().id();
    var same = line(state.line()).name().equals(was.line()) && Objects.equals(before, was.after());
    return same ? 0 : hours(was.cost());
  }

  /** The first hour in which filling can begin after the changeover, or −1. */
  private int begin(State state, Lot lot) {
    var from = state.now();
    if (state.last() != null) {
      var between = problem.settings().changeovers().between(state.last().type(), lot.type());
      var setup = hours(between == null ? 0 : between);
      while (!free(state.line(), from, setup)) {
        from++;
      }
      from += setup;
    }
    var release = lot.terms().release();
    var begin =
        Math.max(from, release == null ? 0 : (int) ChronoUnit.HOURS.between(start, release));
    var locked = lot.terms().lock().start();
    var fill = hours(lot.fillTimeOn(line(state.line())));
    if (locked != null) {
      var at = (int) ChronoUnit.HOURS.between(start, locked);
      return begin <= at && free(state.line(), at, fill) ? at : -1;
    }
    while (!free(state.line(), begin, fill)) {
      begin++;
    }
    return begin;
  }

  /** Whether a line works so many hours on end; where the horizon ends it always does. */
  private boolean free(int line, int from, int hours) {
    for (var hour = from; hour < from + hours; hour++) {
      if (hour < HORIZON && !works[line][hour]) {
        return false;
      }
    }
    return true;
  }

  private static int hours(long micros) {
    return (int) (micros / Micros.PER_HOUR);
  }
}
