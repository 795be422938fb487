package dev.headway.spc.chart;

import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.RulePreset;
import dev.headway.spc.model.RuleSettings;

/**
 * The rules of a characteristic.
 *
 * @param location for the main chart
 * @param dispersion for the chart of the spread; of no effect where there is none
 */
public record ChartRules(RuleSettings location, RuleSettings dispersion) {

  /** The rules of a new characteristic. */
  public static ChartRules defaultFor(ChartKind kind) {
    return new ChartRules(
        RulePreset.defaultFor(kind.location()).settings(), RulePreset.SHEWHART.settings());
  }
}
