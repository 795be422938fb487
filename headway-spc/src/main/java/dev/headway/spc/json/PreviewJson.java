package dev.headway.spc.json;

import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.live.PreviewedChange;
import java.util.List;

/**
 * The effect that a change would have.
 *
 * @param judged how many samples are judged anew
 * @param begun how many violations would be found
 * @param withdrawn how many violations would be withdrawn
 * @param found the first of those that would be found; their numbers are below 0
 * @param lost the first of those that would be withdrawn
 * @param points the newest samples as they would be, the oldest first
 */
public record PreviewJson(
    int judged,
    int begun,
    int withdrawn,
    List<ViolationEventJson> found,
    List<ViolationEventJson> lost,
    List<SampleJson> points) {
  private static final int LISTED = 100;

  /** A change with some of the samples as they would be. */
  public static PreviewJson of(PreviewedChange change, List<JudgedSample> points) {
    var lost = change.violations().withdrawn();
    return new PreviewJson(
        change.judged(),
        change.violations().begun().size(),
        lost.size(),
        change.found().stream().limit(LISTED).map(ViolationEventJson::of).toList(),
        lost.stream().limit(LISTED).map(ViolationEventJson::withdrawn).toList(),
        points.stream().map(SampleJson::point).toList());
  }
}
