package dev.headway.spc.model;

import java.util.Arrays;
import java.util.List;

/** The measurements of one sample, in the order they were taken. Immutable. */
public final class Subgroup implements Observation {
  /** The largest subgroup that the control chart constants cover. */
  public static final int MAX_SIZE = 25;

  /**
   * The largest magnitude of a measurement: squares and sums of a subgroup then stay finite. No
   * physical quantity comes near it.
   */
  public static final double MAX_MAGNITUDE = 1e150;

  private final double[] measurements;
  private final double mean;

  private Subgroup(double[] measurements) {
    this.measurements = measurements;
    this.mean = meanOf(measurements);
  }

  /**
   * A subgroup of 1 to 25 measurements.
   *
   * @throws IllegalArgumentException for another size, or a measurement that is not {@link
   *     #measurable}
   */
  public static Subgroup of(double... measurements) {
    if (measurements.length < 1 || measurements.length > MAX_SIZE) {
      throw new IllegalArgumentException(
          "A subgroup of " + measurements.length + " measurements must have 1 to " + MAX_SIZE);
    }
    for (var measurement : measurements) {
      if (!measurable(measurement)) {
        throw new IllegalArgumentException("The measurement " + measurement + " is out of range");
      }
    }
    return new Subgroup(measurements.clone());
  }

  /** Whether {@code value} can be a measurement: finite, and within {@link #MAX_MAGNITUDE}. */
  public static boolean measurable(double value) {
    return Math.abs(value) <= MAX_MAGNITUDE;
  }

  private static double meanOf(double[] values) {
    // Relative to the first value, so that measurements which differ in their last digits only
    // keep them.
    var origin = values[0];
    var sum = 0.0;
    for (var value : values) {
      sum += value - origin;
    }
    return origin + sum / values.length;
  }

  /** The number of measurements. */
  public int count() {
    return measurements.length;
  }

  @Override
  public double size() {
    return measurements.length;
  }

  /** The measurements, in the order taken. */
  public List<Double> measurements() {
    return Arrays.stream(measurements).boxed().toList();
  }

  /** The {@code index}-th measurement, from 0. */
  public double measurement(int index) {
    return measurements[index];
  }

  /** The arithmetic mean. */
  public double mean() {
    return mean;
  }

  /** Largest less smallest measurement; 0 for a single one. */
  public double range() {
    var smallest = measurements[0];
    var largest = measurements[0];
    for (var measurement : measurements) {
      smallest = Math.min(smallest, measurement);
      largest = Math.max(largest, measurement);
    }
    return largest - smallest;
  }

  /** The sample standard deviation, with divisor n - 1; 0 for a single measurement. */
  public double standardDeviation() {
    if (measurements.length == 1) {
      return 0;
    }
    var squares = 0.0;
    for (var measurement : measurements) {
      var deviation = measurement - mean;
      squares += deviation * deviation;
    }
    return Math.sqrt(squares / (measurements.length - 1));
  }

  @Override
  public double plotted(ChartKind kind) {
    if (kind.countsAttributes()) {
      throw new IllegalArgumentException("A chart of kind " + kind + " plots no measurements");
    }
    return kind == ChartKind.MEDIAN_R ? median() : mean;
  }

  /** The middle measurement by size; of an even number the mean of the two in the middle. */
  public double median() {
    var sorted = measurements.clone();
    Arrays.sort(sorted);
    var middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Subgroup that && Arrays.equals(measurements, that.measurements);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(measurements);
  }

  @Override
  public String toString() {
    return Arrays.toString(measurements);
  }
}
