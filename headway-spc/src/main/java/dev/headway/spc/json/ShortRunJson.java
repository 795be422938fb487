package dev.headway.spc.json;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Z and W chart of a characteristic.
 *
 * @param characteristicId whose chart
 * @param byPart whether each part has a sigma of its own
 * @param zLimit the upper limit of z; the lower one is its negative
 * @param wLimit the upper limit of w
 * @param wCenter the centre line of w
 * @param points its points, the oldest first
 */
public record ShortRunJson(
    long characteristicId,
    boolean byPart,
    double zLimit,
    double wLimit,
    double wCenter,
    List<ShortRunPoint> points) {
  /**
   * A point of the chart.
   *
   * @param sampleId the sample
   * @param timestamp when it was taken
   * @param part the batch number
   * @param z the standardized value
   * @param w its moving range; null for the first point
   * @param signals whether one of them lies beyond its limits
   */
  public record ShortRunPoint(
      long sampleId,
      Instant timestamp,
      String part,
      double z,
      @Nullable Double w,
      boolean signals) {}
}
