package dev.headway.spc.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.spc.chart.Baseline.LeftOut;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.live.CharacteristicState;
import java.util.List;

/**
 * The answer to a recalculation of limits.
 *
 * @param limits the limits now in force
 * @param degenerate whether sigma is 0, so that no point can be judged
 * @param leftOutSampleIds the samples that were left out
 */
public record RecalculatedJson(
    @JsonUnwrapped LimitsJson limits, boolean degenerate, List<Long> leftOutSampleIds) {
  /** A stage whose limits were estimated. */
  public static RecalculatedJson of(CharacteristicState state, Stage stage) {
    var limits = stage.limits();
    var baseline = stage.baseline();
    return new RecalculatedJson(
        LimitsJson.of(state, stage),
        limits != null && limits.sigma() == 0,
        baseline == null ? List.of() : baseline.leftOut().stream().map(LeftOut::sampleId).toList());
  }
}
