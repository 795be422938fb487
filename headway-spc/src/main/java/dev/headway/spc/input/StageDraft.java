package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage as it is sent: its name and beginning, and the basis of its limits.
 *
 * @param name a short name
 * @param from when it begins
 * @param fromSample the sample that it begins with, instead of a time
 * @param limits limits set by hand, or a known process
 * @param baseline the samples to estimate limits from
 * @param rules changes of its rules
 */
public record StageDraft(
    @Nullable String name,
    @Nullable Instant from,
    @Nullable Long fromSample,
    @Nullable LimitsDraft limits,
    @Nullable EstimationDraft baseline,
    @Nullable RulesDraft rules) {
  /**
   * The beginning; null when it is told by a sample, or not at all.
   *
   * @throws HeadwayException VALIDATION_ERROR when both a time and a sample are sent, or both
   *     limits and a baseline
   */
  public @Nullable Instant beginning() {
    if (from != null && fromSample != null) {
      throw HeadwayException.invalid("from_sample", "send from or from_sample, not both");
    }
    if (limits != null && baseline != null) {
      throw HeadwayException.invalid("baseline", "send limits or a baseline, not both");
    }
    return from == null ? null : from.truncatedTo(ChronoUnit.MICROS);
  }

  /** The defect of a draft that does not say when the stage begins. */
  public static HeadwayException withoutBeginning() {
    return HeadwayException.invalid(
        List.of(Defect.ofField("from", "send from (a time) or from_sample (its number)")));
  }
}
