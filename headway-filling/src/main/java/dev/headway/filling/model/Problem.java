package dev.headway.filling.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Lots and rules, with lots, types and lines numbered from 0 and every time looked up beforehand.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class Problem {
  private final List<Lot> lots;
  private final Settings settings;
  private final List<String> types;
  private final int[] typeOf;
  private final long[][] fill;
  private final ChangeoverTimes changeover;
  private final long longestChangeover;

  /**
   * Numbers the lots in their given order and the types in the order of their first lot.
   *
   * @throws IllegalArgumentException when there is no lot, a lot fits no line, or the changeover
   *     matrix lacks a pair; {@code ProblemReader} reports these to people
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
    for (var i = 0; i < lots.size(); i++) {
      requireLine(i);
    }
  }

  private long[][] fillTimes() {
    var times = new ArrayList<long[]>();
    for (var line : settings.lines()) {
      times.add(lots.stream().mapToLong(lot -> lot.fillTimeOn(line)).toArray());
    }
    return times.toArray(long[][]::new);
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

  /** Microseconds that a lot fills on a line. */
  public long fill(int line, int lot) {
    return fill[line][lot];
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
