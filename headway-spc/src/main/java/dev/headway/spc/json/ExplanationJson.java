package dev.headway.spc.json;

import dev.headway.spc.chart.PatternExplanation;
import dev.headway.spc.chart.PatternPoint;
import java.time.Instant;
import java.util.List;

/**
 * The reason of a violation.
 *
 * @param sentence which points, and their numbers in the rule's formula
 * @param points the newest of its points, in order
 */
public record ExplanationJson(String sentence, List<PointJson> points) {
  /**
   * A point of a violation with the numbers of its z = (value - center_line) / sigma.
   *
   * @param sampleId its sample
   * @param timestamp when that was taken
   * @param value the plotted statistic
   * @param centerLine the centre line at the point
   * @param sigma the standard deviation of the plotted statistic
   * @param z its distance from the centre line in standard deviations
   */
  public record PointJson(
      long sampleId, Instant timestamp, double value, double centerLine, double sigma, double z) {
    private static PointJson of(PatternPoint point) {
      var sample = point.sample();
      return new PointJson(
          sample.id(),
          sample.timestamp(),
          point.value(),
          point.lines().center(),
          point.sigma(),
          point.z());
    }
  }

  /** An explanation on the wire. */
  public static ExplanationJson of(PatternExplanation explanation) {
    return new ExplanationJson(
        explanation.sentence(), explanation.points().stream().map(PointJson::of).toList());
  }
}
