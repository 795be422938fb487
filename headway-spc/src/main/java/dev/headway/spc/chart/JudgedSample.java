package dev.headway.spc.chart;

import dev.headway.spc.limits.Lines;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Zone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sample with the verdict of its stage.
 *
 * @param sample the sample
 * @param stageId the stage that it lies in
 * @param main its point on the main chart
 * @param spread its point on the chart of the spread, or null where there is none
 * @param inControl whether no rule holds at it; null when it was not judged: it is excluded, or
 *     there are no limits, or sigma is 0
 * @param violationIds the violations that it is part of, ascending
 */
public record JudgedSample(
    Sample sample,
    long stageId,
    Point main,
    @Nullable Point spread,
    @Nullable Boolean inControl,
    List<Long> violationIds) {
  /**
   * A point of a chart.
   *
   * @param value the plotted statistic
   * @param lines the lines that it is judged by; null while there are none
   */
  public record Point(double value, @Nullable Lines lines) {
    /** Whether it can be judged: it has lines, and they have a scale. */
    public boolean judged() {
      return lines != null && !lines.degenerate();
    }

    /** Its zone, or null when it cannot be judged. */
    public @Nullable Zone zone() {
      return lines == null || lines.degenerate() ? null : lines.zone(value);
    }
  }

  /** Takes a copy of the ids. */
  public JudgedSample {
    violationIds = List.copyOf(violationIds);
  }

  /** The statistic plotted on the main chart. */
  public double value() {
    return main.value();
  }

  /** Where the value lies on the main chart; null when it cannot be judged. */
  public @Nullable Zone zone() {
    return main.zone();
  }
}
