package dev.headway.spc.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * A sample's place in its characteristic's series: samples are in the order of time, and those of
 * one time in the order of their numbers.
 *
 * @param at when the sample was taken
 * @param sampleId the sample's number
 */
public record Position(Instant at, long sampleId) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::at).thenComparingLong(Position::sampleId);

  /**
   * The place that a text names, as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException when it names none
   */
  public static Position parse(String text) {
    var parts = text.split("_", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("no place in a series: " + text);
    }
    var at = Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS);
    return new Position(at, Long.parseLong(parts[1]));
  }

  @Override
  public String toString() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "_" + sampleId;
  }

  /** The place before all samples that were taken at a time or later. */
  public static Position before(Instant at) {
    return new Position(at, Long.MIN_VALUE);
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** Whether this place lies before another. */
  public boolean isBefore(Position other) {
    return compareTo(other) < 0;
  }

  /** Whether this place lies after another. */
  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }
}
