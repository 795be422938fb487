package dev.headway.filling.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lots and rules, with lots, types and lines numbered from 0 and every time looked up beforehand.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class Problem {
  /** A time that never comes: filling on a line that a lot may not run on, or no due date. */
  public static final long NEVER = Long.MAX_VALUE / 4;

  private final List<Lot> lots;
  private final Settings settings;
  private final List<String> types;
  private final int[] typeOf;
  private final long[][] fill;
  private final ChangeoverTimes changeover;
  private final long longestChangeover;
  private final boolean timed;
  private final List<WorkingTime> working;
  private final LotDates dates;
  private final Timing timing = new Timing(this);

  /**
   * Numbers the lots in their given order and the types in the order of their first lot.
   *
   * @throws IllegalArgumentException when there is no lot, a lot fits no line, or the changeover
   *     matrix lacks a pair, or there are dates or calendars and no start time; {@code
   *     ProblemReader} reports these to people
   */
  public Problem(List<Lot> lots, Settings settings) {
    this.lots = List.copyOf(lots);
    this.settings = settings;
    if (lots.isEmpty()) {
      throw new IllegalArgumentException("The lots must not be empty.");
    }
    Map<String, Integer> numbers = new LinkedHashMap<>();
    lots.forEach(lot -> numbers.putIfAbsent(lot.type(), numbers.size()));
    types = List.copyOf(numbers.keySet());
    typeOf =
        lots.stream().mapToInt(lot -> Objects.requireNonNull(numbers.get(lot.type()))).toArray();
    fill = fillTimes();
    changeover = changeoverTimes();
    longestChangeover =
        switch (settings.changeovers()) {
          case Changeovers.ByKind(var same, var different) -> Math.max(same, different);
          case Changeovers.Matrix(var times) ->
              times.values().stream()
                  .flatMap(row -> row.values().stream())
                  .mapToLong(time -> time)
                  .max()
                  .orElse(0);
        };
    timed =
        lots.stream().anyMatch(lot -> lot.terms().timed())
            || settings.lines().stream().anyMatch(line -> !line.calendar().always());
    var start = timed ? start(settings) : Instant.EPOCH;
    dates = new LotDates(lots, start);
    working =
        settings.lines().stream().map(line -> WorkingTime.of(line.calendar(), start)).toList();
    for (var i = 0; i < lots.size(); i++) {
      requireLine(i);
    }
  }

  private static Instant start(Settings settings) {
    var start = settings.run().startTime();
    if (start == null) {
      throw new IllegalArgumentException("Dates and calendars need a start time.");
    }
    return start;
  }

  private long[][] fillTimes() {
    var times = new ArrayList<long[]>();
    for (var line : settings.lines()) {
      times.add(lots.stream().mapToLong(lot -> fillTime(lot, line)).toArray());
    }
    joinChains(times);
    return times.toArray(long[][]::new);
  }

  /** Lots that come after one another run on one line, so on one that suits all of them. */
  private void joinChains(List<long[]> times) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    lots.forEach(lot -> numbers.put(lot.id(), numbers.size()));
    var changed = true;
    while (changed) {
      changed = false;
      for (var lot = 0; lot < lots.size(); lot++) {
        var before = numbers.get(lots.get(lot).terms().lock().after());
        if (before != null) {
          changed |= join(times, lot, before);
        }
      }
    }
  }

  private static boolean join(List<long[]> times, int one, int other) {
    var changed = false;
    for (var ofLine : times) {
      if ((ofLine[one] == NEVER) != (ofLine[other] == NEVER)) {
        ofLine[one] = NEVER;
        ofLine[other] = NEVER;
        changed = true;
      }
    }
    return changed;
  }

  private static long fillTime(Lot lot, Line line) {
    return lot.terms().allows(line.name()) ? lot.fillTimeOn(line) : NEVER;
  }

  /** Changeovers by type numbers; a table only where the rules are one, for types can be many. */
  @FunctionalInterface
  private interface ChangeoverTimes {
    long between(int from, int to);
  }

  private ChangeoverTimes changeoverTimes() {
    return switch (settings.changeovers()) {
      case Changeovers.ByKind(var same, var different) ->
          (from, to) -> from == to ? same : different;
      case Changeovers.Matrix matrix -> {
        var table = table(matrix);
        yield (from, to) -> table[from][to];
      }
    };
  }

  private long[][] table(Changeovers.Matrix matrix) {
    var times = new long[types.size()][types.size()];
    for (var from = 0; from < types.size(); from++) {
      for (var to = 0; to < types.size(); to++) {
        var time = matrix.between(types.get(from), types.get(to));
        if (time == null) {
          throw new IllegalArgumentException(
              "The changeover from %s to %s is missing.".formatted(types.get(from), types.get(to)));
        }
        times[from][to] = time;
      }
    }
    return times;
  }

  private void requireLine(int lot) {
    if (IntStream.range(0, lineCount()).noneMatch(line -> fits(line, lot))) {
      throw new IllegalArgumentException(
          "The lot %s is longer than every line's window.".formatted(lots.get(lot).id()));
    }
  }

  /** How many lots there are. */
  public int lotCount() {
    return lots.size();
  }

  /** How many types the lots have. */
  public int typeCount() {
    return types.size();
  }

  /** How many lines there are. */
  public int lineCount() {
    return fill.length;
  }

  /** The lots in their given order. */
  public List<Lot> lots() {
    return lots;
  }

  /** The rules. */
  public Settings settings() {
    return settings;
  }

  /** The lot of a number. */
  public Lot lot(int lot) {
    return lots.get(lot);
  }

  /** The number of a lot's type. */
  public int typeOf(int lot) {
    return typeOf[lot];
  }

  /** Microseconds that a lot fills on a line, {@link #NEVER} where it may not run. */
  public long fill(int line, int lot) {
    return fill[line][lot];
  }

  /** Microseconds that a lot takes to fill on a line, whether it may run there or not. */
  public long fillTime(int line, int lot) {
    var time = fill[line][lot];
    return time < NEVER ? time : lots.get(lot).fillTimeOn(settings.lines().get(line));
  }

  /** Microseconds that a lot fills on its quickest line. */
  public long shortestFill(int lot) {
    var shortest = NEVER;
    for (var times : fill) {
      shortest = Math.min(shortest, times[lot]);
    }
    return shortest;
  }

  /** Whether dates, locks or calendars decide when a lot can be filled and what that costs. */
  public boolean timed() {
    return timed;
  }

  /** The layout in time of blocks. */
  public Timing timing() {
    return timing;
  }

  /** Microseconds after the start before which a lot must not be filled, at least 0. */
  public long release(int lot) {
    return dates.release(lot);
  }

  /** Microseconds after the start by which a lot is due, or {@link #NEVER}; may be negative. */
  public long due(int lot) {
    return dates.due(lot);
  }

  /** When a lot's filling has to begin, in microseconds after the start, or {@link #NEVER}. */
  public long lockedStart(int lot) {
    return dates.lockedStart(lot);
  }

  /** The lot that a lot comes after on the same line, or -1. */
  public int after(int lot) {
    return dates.after(lot);
  }

  /** Whether a clean comes right before a lot; null where that is open. */
  public @Nullable Boolean lockedClean(int lot) {
    return lots.get(lot).terms().lock().clean();
  }

  /**
   * The microseconds that it costs when a lot is filled on a line after another.
   *
   * @param previous the lot before it on the line, or -1 when it is the first
   */
  public long moveCost(int line, int previous, int lot) {
    var was = lots.get(lot).terms().was();
    if (was == null) {
      return 0;
    }
    var sameLine = settings.lines().get(line).name().equals(was.line());
    return sameLine && dates.wasAfter(lot) == previous ? 0 : was.cost();
  }

  /** The weight of an hour of a lot's tardiness. */
  public int priority(int lot) {
    return lots.get(lot).terms().priority();
  }

  /** The working time of a line. */
  public WorkingTime working(int line) {
    return working.get(line);
  }

  /** Microseconds of a line's sterile window. */
  public long window(int line) {
    return settings.lines().get(line).window();
  }

  /** Microseconds of a clean. */
  public long cleaning() {
    return settings.cleaning();
  }

  /** Microseconds between a lot of one type and a lot of another, or of the same. */
  public long changeover(int fromType, int toType) {
    return changeover.between(fromType, toType);
  }

  /** Microseconds of the longest changeover that the rules know. */
  public long longestChangeover() {
    return longestChangeover;
  }

  /** Whether a lot, alone after a clean, fits a line's window. */
  public boolean fits(int line, int lot) {
    return fill[line][lot] <= window(line);
  }
}
