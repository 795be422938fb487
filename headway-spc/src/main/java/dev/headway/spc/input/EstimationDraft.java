package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.chart.Baseline;
import dev.headway.spc.chart.Baseline.LeftOut;
import dev.headway.spc.limits.LimitEstimation;
import dev.headway.spc.model.ChartKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request to estimate limits as it is sent: from a period, from the first or the last samples of
 * the stage, or from chosen ones; from all of the stage unless said.
 *
 * @param minSamples fewer samples are refused; 25 unless said
 * @param firstSamples from the first so many samples
 * @param lastSamples from at most the last so many
 * @param from from samples taken at this time or later
 * @param to from samples taken at this time or earlier
 * @param sampleIds from these samples
 * @param leftOut samples that are left out, each for a reason
 * @param excludeBeyond whether to leave points beyond the limits out
 */
public record EstimationDraft(
    @Nullable Integer minSamples,
    @Nullable Integer firstSamples,
    @Nullable Integer lastSamples,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable List<Long> sampleIds,
    @Nullable List<LeftOut> leftOut,
    @Nullable Boolean excludeBeyond) {
  private static final int MOST = 100_000;

  /** A request that leaves everything open. */
  public static final EstimationDraft EMPTY =
      new EstimationDraft(null, null, null, null, null, null, null, null);

  /**
   * The samples to estimate from.
   *
   * @throws HeadwayException VALIDATION_ERROR when more than one kind of baseline is asked for, the
   *     period ends before it begins, or a reason is missing
   */
  public Baseline baseline() {
    var defects = new ArrayList<Defect>();
    var kinds =
        Stream.of(firstSamples, lastSamples, from == null ? to : from, sampleIds)
            .filter(Objects::nonNull)
            .count();
    if (kinds > 1) {
      var message = "give one of first_samples, last_samples, sample_ids, and from with to";
      defects.add(Defect.ofField("baseline", message));
    }
    if (from != null && to != null && to.isBefore(from)) {
      defects.add(Defect.ofField("to", "%s is before from, %s".formatted(to, from)));
    }
    var out = leftOut == null ? List.<LeftOut>of() : leftOut;
    if (out.stream().anyMatch(one -> one.reason() == null || one.reason().isBlank())) {
      defects.add(Defect.ofField("left_out", "a reason is required for each sample"));
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return baseline(out);
  }

  private Baseline baseline(List<LeftOut> out) {
    if (sampleIds != null) {
      return new Baseline.Chosen(sampleIds, out);
    }
    if (from != null || to != null) {
      return new Baseline.Period(from, to, out);
    }
    return firstSamples != null
        ? new Baseline.First(firstSamples, out)
        : new Baseline.Last(Objects.requireNonNullElse(lastSamples, MOST), out);
  }

  /** The estimation that is asked for. */
  public LimitEstimation estimation(ChartKind kind) {
    return new LimitEstimation(
        kind,
        Objects.requireNonNullElse(minSamples, LimitEstimation.CUSTOMARY_SAMPLES),
        Boolean.TRUE.equals(excludeBeyond));
  }
}
