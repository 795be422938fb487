package dev.headway.spc.input;

import dev.headway.spc.limits.LimitEstimation;
import dev.headway.spc.model.ChartKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to estimate limits as it is sent.
 *
 * @param minSamples fewer samples are refused; 25 unless said
 * @param lastSamples the most samples to estimate from; 100,000 unless said
 * @param excludeBeyond whether to leave points beyond the limits out
 */
public record EstimationDraft(
    @Nullable Integer minSamples, @Nullable Integer lastSamples, @Nullable Boolean excludeBeyond) {
  private static final int MOST = 100_000;

  /** A request that leaves everything open. */
  public static final EstimationDraft EMPTY = new EstimationDraft(null, null, null);

  /** The most samples to estimate from. */
  public int most() {
    return Objects.requireNonNullElse(lastSamples, MOST);
  }

  /** The estimation that is asked for. */
  public LimitEstimation estimation(ChartKind kind) {
    return new LimitEstimation(
        kind,
        Objects.requireNonNullElse(minSamples, LimitEstimation.CUSTOMARY_SAMPLES),
        Boolean.TRUE.equals(excludeBeyond));
  }
}
