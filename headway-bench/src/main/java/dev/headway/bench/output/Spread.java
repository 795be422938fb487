package dev.headway.bench.output;

import java.util.List;
import java.util.Locale;

/**
 * A figure over several rounds.
 *
 * @param median the middle one
 * @param least the smallest
 * @param most the largest
 */
public record Spread(double median, double least, double most) {
  /** Of at least one value. */
  public static Spread of(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    var size = sorted.size();
    var median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  /** The median, and the range where there is one. */
  public String text() {
    var range = least == most ? "" : " (%s–%s)".formatted(text(least), text(most));
    return text(median) + range;
  }

  private static String text(double value) {
    var size = Math.abs(value);
    var format = size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
