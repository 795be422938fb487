package dev.headway.spc.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.limits.Lines;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.model.Zone;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sample with all that is known of it.
 *
 * @param sampleId its number
 * @param characteristicId what was measured
 * @param timestamp when it was taken
 * @param measurements the measurements, or the count and the size inspected
 * @param value the statistic plotted on the main chart
 * @param mean the same as {@code value}
 * @param range largest less smallest measurement; null for attributes
 * @param spread the statistic plotted on the chart of the spread
 * @param zone where the value lies
 * @param inControl whether no rule holds at it; null when it was not judged
 * @param excluded whether a person took it out of limits, rules and capability
 * @param batchNumber the production batch
 * @param operatorId who measured
 * @param violationIds the violations that it is part of
 * @param stageId the stage that it lies in
 * @param ucl in chart data, the upper control limit of samples of its size
 * @param centerLine in chart data, the centre line of samples of its size
 * @param lcl in chart data, the lower control limit of samples of its size
 * @param spreadLines in chart data, the limits of its point on the chart of the spread
 */
public record SampleJson(
    long sampleId,
    long characteristicId,
    Instant timestamp,
    List<Double> measurements,
    double value,
    double mean,
    @Nullable Double range,
    @Nullable Double spread,
    @Nullable String zone,
    @Nullable Boolean inControl,
    boolean excluded,
    @Nullable String batchNumber,
    @Nullable String operatorId,
    List<Long> violationIds,
    long stageId,
    @JsonInclude(Include.NON_NULL) @Nullable Double ucl,
    @JsonInclude(Include.NON_NULL) @Nullable Double centerLine,
    @JsonInclude(Include.NON_NULL) @Nullable Double lcl,
    @JsonInclude(Include.NON_NULL) @Nullable LinesJson spreadLines) {
  /** A sample with its verdict. */
  public static SampleJson of(JudgedSample judged) {
    return of(judged, null, null);
  }

  /** A point of a chart: the sample with the lines that it is judged by. */
  public static SampleJson point(JudgedSample judged) {
    var spread = judged.spread();
    return of(
        judged,
        judged.main().judged() ? judged.main().lines() : null,
        spread != null && spread.judged() ? spread.lines() : null);
  }

  private static SampleJson of(
      JudgedSample judged, @Nullable Lines lines, @Nullable Lines spreadLines) {
    var sample = judged.sample();
    var spread = judged.spread();
    return new SampleJson(
        sample.id(),
        sample.characteristicId(),
        sample.timestamp(),
        measurements(sample.observation()),
        judged.value(),
        judged.value(),
        range(sample.observation()),
        spread == null ? null : (Double) spread.value(),
        name(judged.zone()),
        judged.inControl(),
        sample.excluded(),
        sample.batchNumber(),
        sample.operatorId(),
        judged.violationIds(),
        judged.stageId(),
        lines == null ? null : (Double) lines.ucl(),
        lines == null ? null : (Double) lines.center(),
        lines == null ? null : (Double) lines.lcl(),
        LinesJson.of(spreadLines));
  }

  /** The measurements, or the count and the size inspected. */
  public static List<Double> measurements(Observation observation) {
    return switch (observation) {
      case Subgroup subgroup -> subgroup.measurements();
      case AttributeCount(var count, var size) -> List.of(count, size);
    };
  }

  static @Nullable Double range(Observation observation) {
    return observation instanceof Subgroup subgroup ? (Double) subgroup.range() : null;
  }

  static @Nullable String name(@Nullable Zone zone) {
    return zone == null ? null : zone.wireName();
  }
}
