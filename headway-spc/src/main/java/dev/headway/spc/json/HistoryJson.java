package dev.headway.spc.json;

import dev.headway.spc.chart.SeriesOutline.Column;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.SeriesStudies.History;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a series in columns, for a chart on which samples are denser than pixels.
 *
 * @param characteristicId whose series
 * @param series the whole series as one column; null while there is no sample
 * @param columns of the part, in the order of time
 * @param stages the stages, in the order of time
 */
public record HistoryJson(
    long characteristicId, @Nullable Column series, List<Column> columns, List<StageJson> stages) {
  /** A part of a characteristic's series. */
  public static HistoryJson of(CharacteristicState state, History found) {
    return new HistoryJson(
        state.setup().id(), found.series(), found.columns(), StageJson.list(state));
  }
}
