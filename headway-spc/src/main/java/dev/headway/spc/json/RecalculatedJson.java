package dev.headway.spc.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * The answer to a recalculation of limits.
 *
 * @param limits the limits now in force
 * @param degenerate whether sigma is 0, so that no point can be judged
 * @param leftOutSampleIds the samples that were left out
 */
public record RecalculatedJson(
    @JsonUnwrapped LimitsJson limits, boolean degenerate, List<Long> leftOutSampleIds) {}
