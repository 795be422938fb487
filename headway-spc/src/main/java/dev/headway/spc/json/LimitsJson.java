package dev.headway.spc.json;

import dev.headway.spc.chart.Stage;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.live.CharacteristicState;
import org.jspecify.annotations.Nullable;

/**
 * The control limits of a characteristic for samples of one size; all but the first and the counts
 * are null while there are none.
 *
 * @param characteristicId whose limits
 * @param centerLine the centre line of the main chart
 * @param ucl its upper control limit
 * @param lcl its lower control limit
 * @param method how the limits came about
 * @param sampleCount the samples they were estimated from
 * @param sampleSize the sample size they are shown for
 * @param sigma the standard deviation of one measurement, item or unit
 * @param dispersion the limits of the chart of the spread
 */
public record LimitsJson(
    long characteristicId,
    @Nullable Double centerLine,
    @Nullable Double ucl,
    @Nullable Double lcl,
    @Nullable String method,
    int sampleCount,
    double sampleSize,
    @Nullable Double sigma,
    @Nullable LinesJson dispersion) {
  /** The limits of the last stage of a chart. */
  public static LimitsJson of(CharacteristicState state) {
    return of(state.setup().id(), state.setup().limits(), state.shownSize());
  }

  /** The limits of a stage. */
  public static LimitsJson of(CharacteristicState state, Stage stage) {
    return of(state.setup().id(), stage.limits(), state.shownSize());
  }

  /** Limits for samples of a size. */
  public static LimitsJson of(long id, @Nullable ControlLimits limits, double size) {
    if (limits == null) {
      return new LimitsJson(id, null, null, null, null, 0, size, null, null);
    }
    var lines = limits.lines(size);
    return new LimitsJson(
        id,
        lines.center(),
        lines.ucl(),
        lines.lcl(),
        limits.method().wireName(),
        limits.sampleCount(),
        size,
        limits.sigma(),
        LinesJson.of(limits.dispersionLines(size)));
  }
}
