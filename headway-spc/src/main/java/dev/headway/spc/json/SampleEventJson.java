package dev.headway.spc.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.headway.spc.chart.JudgedSample;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sample as a frame tells of it.
 *
 * @param sampleId its number
 * @param characteristicId what was measured; left out where the frame is of one characteristic
 * @param timestamp when it was taken
 * @param value the statistic plotted on the main chart
 * @param zone where the value lies
 * @param inControl whether no rule holds at it; null when it was not judged
 * @param violationIds the violations that it is part of
 */
public record SampleEventJson(
    long sampleId,
    @JsonInclude(Include.NON_NULL) @Nullable Long characteristicId,
    Instant timestamp,
    double value,
    @Nullable String zone,
    @Nullable Boolean inControl,
    List<Long> violationIds) {
  /** A sample of one of several characteristics. */
  public static SampleEventJson of(JudgedSample judged) {
    return of(judged, judged.sample().characteristicId());
  }

  /** A sample of a characteristic that is known from where it stands. */
  public static SampleEventJson point(JudgedSample judged) {
    return of(judged, null);
  }

  private static SampleEventJson of(JudgedSample judged, @Nullable Long characteristicId) {
    return new SampleEventJson(
        judged.sample().id(),
        characteristicId,
        judged.sample().timestamp(),
        judged.value(),
        SampleJson.name(judged.zone()),
        judged.inControl(),
        judged.violationIds());
  }
}
