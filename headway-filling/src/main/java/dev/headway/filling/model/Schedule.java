package dev.headway.filling.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

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

  /** Lays a plan out from {@code start}, without gaps. */
  public static Schedule of(Problem problem, Plan plan, Instant start) {
    var activities = new ArrayList<Activity>();
    for (var line = 0; line < plan.lines().size(); line++) {
      var layout = new Layout(problem, line, activities);
      plan.lines().get(line).forEach(layout::add);
    }
    var names = problem.settings().lines().stream().map(Line::name).toList();
    return new Schedule(start, names, activities);
  }

  /** The date and time of a moment given in microseconds after the start. */
  public Instant at(long micros) {
    return start.plus(micros, ChronoUnit.MICROS);
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
    private final List<Activity> activities;
    private long now;
    private int blocks;

    Layout(Problem problem, int line, List<Activity> activities) {
      this.problem = problem;
      this.line = line;
      this.activities = activities;
    }

    void add(Block block) {
      blocks++;
      activities.add(new Activity.Clean(line, next(problem.cleaning()), blocks));
      var last = -1;
      for (var number : block.lots()) {
        var lot = problem.lot(number);
        var type = problem.typeOf(number);
        if (last >= 0) {
          var from = problem.lot(last).type();
          var span = next(problem.changeover(problem.typeOf(last), type));
          activities.add(new Activity.Changeover(line, span, from, lot));
        }
        activities.add(new Activity.Fill(line, next(problem.fill(line, number)), lot));
        last = number;
      }
    }

    private Span next(long duration) {
      var span = new Span(now, now + duration);
      now = span.end();
      return span;
    }
  }
}
