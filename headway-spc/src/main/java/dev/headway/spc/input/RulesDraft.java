package dev.headway.spc.input;

import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RulePreset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules as they are sent: a preset first, if one is named, then single rules. What is missing stays
 * as it is.
 *
 * @param preset the name of a preset for the main chart
 * @param rules of the main chart
 * @param dispersionRules of the chart of the spread
 */
public record RulesDraft(
    @Nullable String preset,
    @Nullable List<RuleDraft> rules,
    @Nullable List<RuleDraft> dispersionRules) {
  /**
   * The rules of a chart changed by the draft.
   *
   * @throws dev.headway.core.error.HeadwayException VALIDATION_ERROR with everything that is wrong
   */
  public ChartRules rules(ChartKind kind, ChartRules present) {
    var named = preset == null ? null : RulePreset.ofWireName(preset);
    var before = named == null ? present.location() : named.settings();
    var spread = Objects.requireNonNullElse(kind.dispersion(), PlottedStatistic.RANGE);
    return new ChartRules(
        RuleDraft.settings(listed(rules), before, kind.location()),
        RuleDraft.settings(listed(dispersionRules), present.dispersion(), spread));
  }

  private static List<RuleDraft> listed(@Nullable List<RuleDraft> sent) {
    return sent == null ? List.of() : sent;
  }
}
