package dev.headway.filling.model;

import dev.headway.filling.model.Calendar.Shift;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The working time of a line, as stretches in microseconds after the schedule's start. It is known
 * for ten years; what does not fit by then does not fit. Immutable.
 */
public final class WorkingTime {
  /** All time. */
  public static final WorkingTime ALWAYS =
      new WorkingTime(List.of(new Span(-Problem.NEVER, Problem.NEVER)));

  private static final int YEARS = 10;

  private final long[] starts;
  private final long[] ends;

  private WorkingTime(List<Span> stretches) {
    starts = stretches.stream().mapToLong(Span::start).toArray();
    ends = stretches.stream().mapToLong(Span::end).toArray();
  }

  /** The working time of a calendar from a moment on. */
  public static WorkingTime of(Calendar calendar, Instant start) {
    if (calendar.always()) {
      return ALWAYS;
    }
    var stretches = merged(shifts(calendar, start));
    for (var shutdown : calendar.shutdowns()) {
      stretches = without(stretches, span(start, shutdown.from(), shutdown.to()));
    }
    return new WorkingTime(stretches);
  }

  private static List<Span> shifts(Calendar calendar, Instant start) {
    var first = start.atZone(calendar.zone()).toLocalDate().minusDays(8);
    var last = first.plusYears(YEARS);
    if (calendar.shifts().isEmpty()) {
      var end = last.atStartOfDay(calendar.zone()).toInstant();
      return List.of(new Span(-Problem.NEVER, ChronoUnit.MICROS.between(start, end)));
    }
    var spans = new ArrayList<Span>();
    for (var day = first; day.isBefore(last); day = day.plusDays(1)) {
      for (var shift : calendar.shifts()) {
        if (shift.days().contains(day.getDayOfWeek())) {
          spans.add(shift(calendar, shift, day, start));
        }
      }
    }
    return spans;
  }

  private static Span shift(Calendar calendar, Shift shift, LocalDate day, Instant start) {
    var last = shift.to().isAfter(shift.from()) ? day : day.plusDays(1);
    return span(
        start,
        day.atTime(shift.from()).atZone(calendar.zone()).toInstant(),
        last.atTime(shift.to()).atZone(calendar.zone()).toInstant());
  }

  private static Span span(Instant start, Instant from, Instant to) {
    return new Span(ChronoUnit.MICROS.between(start, from), ChronoUnit.MICROS.between(start, to));
  }

  private static List<Span> merged(List<Span> spans) {
    var merged = new ArrayList<Span>();
    for (var next : spans.stream().sorted(Comparator.comparingLong(Span::start)).toList()) {
      if (!merged.isEmpty() && next.start() <= merged.getLast().end()) {
        var last = merged.removeLast();
        merged.add(new Span(last.start(), Math.max(last.end(), next.end())));
      } else if (next.duration() > 0) {
        merged.add(next);
      }
    }
    return merged;
  }

  private static List<Span> without(List<Span> stretches, Span shut) {
    var left = new ArrayList<Span>();
    for (var stretch : stretches) {
      var before = Math.min(stretch.end(), shut.start());
      var after = Math.max(stretch.start(), shut.end());
      if (stretch.start() < before) {
        left.add(new Span(stretch.start(), before));
      }
      if (after < stretch.end()) {
        left.add(new Span(after, stretch.end()));
      }
    }
    return left;
  }

  /** The first start from a moment on after which there is work for so long, or NEVER. */
  public long earliest(long from, long duration) {
    for (var at = firstEndingAfter(from); at < starts.length; at++) {
      var start = Math.max(from, starts[at]);
      if (start + duration <= ends[at]) {
        return start;
      }
    }
    return Problem.NEVER;
  }

  /** The last start of work for so long that ends by a moment; there must be one. */
  long latest(long end, long duration) {
    for (var at = Math.min(firstEndingAfter(end), starts.length - 1); at >= 0; at--) {
      var start = Math.min(end, ends[at]) - duration;
      if (start >= starts[at]) {
        return start;
      }
    }
    throw new IllegalStateException("There is no work for %d µs by %d.".formatted(duration, end));
  }

  /** The stretches that overlap a range, clipped to it. */
  public List<Span> within(Span range) {
    var found = new ArrayList<Span>();
    for (var at = firstEndingAfter(range.start()); at < starts.length; at++) {
      if (starts[at] >= range.end()) {
        break;
      }
      var from = Math.max(starts[at], range.start());
      found.add(new Span(from, Math.min(ends[at], range.end())));
    }
    return found;
  }

  private int firstEndingAfter(long moment) {
    var low = 0;
    var high = ends.length;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (ends[middle] > moment) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
