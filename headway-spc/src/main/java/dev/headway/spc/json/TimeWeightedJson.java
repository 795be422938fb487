package dev.headway.spc.json;

import java.time.Instant;
import java.util.List;

/** A time-weighted chart of a characteristic: an EWMA or a CUSUM. */
public sealed interface TimeWeightedJson {
  /**
   * The average run lengths of a chart.
   *
   * @param inControl samples until a false signal, on the average
   * @param shiftOfOneSigma samples until a shift of the plotted statistic by one of its standard
   *     deviations is found
   */
  record RunLengths(double inControl, double shiftOfOneSigma) {}

  /**
   * An EWMA.
   *
   * @param characteristicId whose chart
   * @param lambda the weight of the newest sample
   * @param width half the distance of its limits, in standard deviations
   * @param centerLine the centre line
   * @param averageRunLength its average run lengths
   * @param points its points, the oldest first
   */
  record Ewma(
      long characteristicId,
      double lambda,
      double width,
      double centerLine,
      RunLengths averageRunLength,
      List<EwmaPoint> points)
      implements TimeWeightedJson {}

  /**
   * A point of an EWMA.
   *
   * @param sampleId the sample
   * @param timestamp when it was taken
   * @param value the average after it
   * @param ucl the upper control limit
   * @param lcl the lower control limit
   * @param signals whether the average lies beyond its limits
   */
  record EwmaPoint(
      long sampleId, Instant timestamp, double value, double ucl, double lcl, boolean signals) {}

  /**
   * A CUSUM, in standard deviations of the plotted statistic.
   *
   * @param characteristicId whose chart
   * @param slack k, half the shift that is to be found
   * @param decision h, the sum beyond which it signals
   * @param averageRunLength its average run lengths
   * @param points its points, the oldest first
   */
  record Cusum(
      long characteristicId,
      double slack,
      double decision,
      RunLengths averageRunLength,
      List<CusumPoint> points)
      implements TimeWeightedJson {}

  /**
   * A point of a CUSUM.
   *
   * @param sampleId the sample
   * @param timestamp when it was taken
   * @param upper the sum of what lies above
   * @param lower the sum of what lies below
   * @param signals whether one of them lies beyond the decision interval
   */
  record CusumPoint(
      long sampleId, Instant timestamp, double upper, double lower, boolean signals) {}
}
