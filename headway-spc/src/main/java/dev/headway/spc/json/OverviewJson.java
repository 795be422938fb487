package dev.headway.spc.json;

import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Violation;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A characteristic as a line of the overview.
 *
 * @param id its number
 * @param value the newest plotted value; null without samples
 * @param timestamp when that was taken
 * @param inControl whether the newest sample is in control; null when it was not judged
 * @param open how many violations nobody has answered
 * @param worst the gravest severity among the newest of them
 * @param lcl the lower control limit
 * @param centerLine the centre line
 * @param ucl the upper control limit
 */
public record OverviewJson(
    long id,
    @Nullable Double value,
    @Nullable Instant timestamp,
    @Nullable Boolean inControl,
    long open,
    @Nullable Severity worst,
    @Nullable Double lcl,
    @Nullable Double centerLine,
    @Nullable Double ucl) {
  /** The line of a characteristic. */
  public static OverviewJson of(CharacteristicState state) {
    var newest = state.newest();
    var limits = LimitsJson.of(state);
    return new OverviewJson(
        state.setup().id(),
        newest == null ? null : (Double) newest.value(),
        newest == null ? null : newest.sample().timestamp(),
        newest == null ? null : newest.inControl(),
        state.openCount(),
        state.open().stream().map(Violation::severity).max(Comparator.naturalOrder()).orElse(null),
        limits.lcl(),
        limits.centerLine(),
        limits.ucl());
  }
}
