package dev.headway.spc.json;

import dev.headway.spc.chart.Baseline;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.live.CharacteristicState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a characteristic.
 *
 * @param id its number
 * @param name its name
 * @param from when it begins; null for the first stage
 * @param to when the next one begins; null for the last stage
 * @param baseline the basis of its limits; null for limits set by hand or none
 * @param limits its limits
 */
public record StageJson(
    long id,
    String name,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Baseline baseline,
    LimitsJson limits) {
  /** A stage of a characteristic. */
  public static StageJson of(CharacteristicState state, Stage stage) {
    return new StageJson(
        stage.id(),
        stage.name(),
        stage.from().equals(Stage.BEGINNING) ? null : stage.from(),
        state.setup().end(stage),
        stage.baseline(),
        LimitsJson.of(state, stage));
  }

  /** All stages of a characteristic, in the order of time. */
  public static List<StageJson> list(CharacteristicState state) {
    return state.setup().stages().stream().map(stage -> of(state, stage)).toList();
  }
}
