package dev.headway.filling.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plan laid out in time.
 *
 * @param start when every line's first clean begins
 * @param lines the lines' names
 * @param activities line by line, each line's in time order
 */
public record Schedule(Instant start, List<String> lines, List<Activity> activities) {
  public Schedule {
    lines = List.copyOf(lines);
    activities = List.copyOf(activities);
  }

  /**
   * Lays a plan out from {@code start}: without gaps, but for those that dates, locks and calendars
   * leave.
   *
   * @throws IllegalStateException when these leave no time for one of its blocks
   */
  public static Schedule of(Problem problem, Plan plan, Instant start) {
    return of(problem, plan, start, false);
  }

  /**
   * Lays a plan out that may break rules: as {@link #of}, but blocks that dates, locks and
   * calendars leave no time for come as early as they can.
   */
  public static Schedule draft(Problem problem, Plan plan, Instant start) {
    return of(problem, plan, start, true);
  }

  private static Schedule of(Problem problem, Plan plan, Instant start, boolean loose) {
    var activities = new ArrayList<Activity>();
    for (var line = 0; line < plan.lines().size(); line++) {
      var layout = new Layout(problem, line, loose, activities);
      plan.lines().get(line).forEach(layout::add);
    }
    var names = problem.settings().lines().stream().map(Line::name).toList();
    return new Schedule(start, names, activities);
  }

  /** The date and time of a moment given in microseconds after the start. */
  public Instant at(long micros) {
    return start.plus(micros, ChronoUnit.MICROS);
  }

  /** All fills, line by line, each line's in time order. */
  public List<Activity.Fill> fills() {
    return activities.stream()
        .filter(Activity.Fill.class::isInstance)
        .map(Activity.Fill.class::cast)
        .toList();
  }

  /** The lots that have another place than in an earlier plan: another line or another before. */
  public Set<Lot> moved() {
    var fills = fills();
    var ids = fills.stream().map(fill -> fill.lot().id()).collect(Collectors.toSet());
    var moved = new LinkedHashSet<Lot>();
    for (var at = 0; at < fills.size(); at++) {
      var fill = fills.get(at);
      var first = at == 0 || fills.get(at - 1).line() != fill.line();
      var before = first ? null : fills.get(at - 1).lot().id();
      if (fill.lot().terms().was() instanceof Terms.EarlierPlace(var line, var after, _)) {
        var known = ids.contains(after) ? after : null;
        if (!lines.get(fill.line()).equals(line) || !Objects.equals(before, known)) {
          moved.add(fill.lot());
        }
      }
    }
    return moved;
  }

  /** Microseconds by which a lot's filling ends after its due date; 0 without one. */
  public long tardiness(Activity.Fill fill) {
    var due = fill.lot().terms().due();
    return due == null ? 0 : Math.max(0, fill.span().end() - ChronoUnit.MICROS.between(start, due));
  }

  /** Microseconds until the last line is done. */
  public long makespan() {
    return activities.stream().mapToLong(activity -> activity.span().end()).max().orElse(0);
  }

  /** The activities of one line, in time order. */
  public List<Activity> ofLine(int line) {
    return activities.stream().filter(activity -> activity.line() == line).toList();
  }

  /** Writes the activities of one line behind each other. */
  private static final class Layout {
    private final Problem problem;
    private final int line;
    private final boolean loose;
    private final List<Activity> activities;
    private long now;
    private int blocks;

    Layout(Problem problem, int line, boolean loose, List<Activity> activities) {
      this.problem = problem;
      this.line = line;
      this.loose = loose;
      this.activities = activities;
    }

    void add(Block block) {
      var lots = Timing.array(block);
      var times = problem.timed() ? timed(lots) : gapless(lots);
      blocks++;
      activities.add(new Activity.Clean(line, span(times.clean(), problem.cleaning()), blocks));
      for (var i = 0; i < lots.length; i++) {
        var lot = problem.lot(lots[i]);
        if (i > 0) {
          var from = problem.lot(lots[i - 1]).type();
          var span = span(times.setups()[i], setup(lots, i));
          activities.add(new Activity.Changeover(line, span, from, lot));
        }
        var span = span(times.fills()[i], problem.fillTime(line, lots[i]));
        activities.add(new Activity.Fill(line, span, lot));
      }
      now = times.end();
    }

    private BlockTimes timed(int[] lots) {
      var times = problem.timing().block(line, lots, now);
      if (times == null && loose) {
        return problem.timing().loose(line, lots, now);
      }
      if (times == null) {
        throw new IllegalStateException(
            "Block %d of line %d has no time: %s".formatted(blocks + 1, line, List.of(lots)));
      }
      return times;
    }

    private BlockTimes gapless(int[] lots) {
      var setups = new long[lots.length];
      var fills = new long[lots.length];
      var at = now + problem.cleaning();
      for (var i = 0; i < lots.length; i++) {
        setups[i] = at;
        fills[i] = at + setup(lots, i);
        at = fills[i] + problem.fillTime(line, lots[i]);
      }
      return new BlockTimes(now, setups, fills, at);
    }

    private long setup(int[] lots, int at) {
      return at == 0
          ? 0
          : problem.changeover(problem.typeOf(lots[at - 1]), problem.typeOf(lots[at]));
    }

    private static Span span(long start, long duration) {
      return new Span(start, start + duration);
    }
  }
}
