package dev.headway.cli.run;

/**
 * A series of lines that are nothing but a percentage, as {@code pv -n} writes one a second to
 * standard error. Its first line may be anything, such as a count that a script prints once; those
 * after it are progress. Not thread-safe.
 */
final class NumberSeries {
  private static final double NONE = 101;

  private double before = NONE;

  /** Takes the next line; returns whether it continues a series: a number, and not a lower one. */
  boolean continuedBy(Segment line) {
    var number = Percentages.bareNumber(line).orElse(NONE);
    var continued = before <= number && number < NONE;
    before = number;
    return continued;
  }
}
