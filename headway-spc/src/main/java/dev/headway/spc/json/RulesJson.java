package dev.headway.spc.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.RuleSetting;
import dev.headway.spc.model.RuleSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a characteristic.
 *
 * @param characteristicId whose rules
 * @param rules of the main chart
 * @param dispersionRules of the chart of the spread
 */
public record RulesJson(
    long characteristicId, List<RuleJson> rules, List<RuleJson> dispersionRules) {
  /**
   * The setting of one rule.
   *
   * @param ruleId its number
   * @param ruleName its name
   * @param enabled whether it is applied
   * @param severity of the violations it finds
   * @param points how many points must fit
   * @param window among how many
   * @param multiple of rule 1, how many sigma a point must lie beyond
   */
  public record RuleJson(
      int ruleId,
      String ruleName,
      boolean enabled,
      String severity,
      int points,
      int window,
      @JsonInclude(Include.NON_NULL) @Nullable Double multiple) {
    private static RuleJson of(RuleSetting setting) {
      return new RuleJson(
          setting.rule().number(),
          setting.rule().title(),
          setting.enabled(),
          setting.severity().name(),
          setting.points(),
          setting.window(),
          setting.rule() == RuleId.BEYOND_3_SIGMA ? (Double) setting.sigmas() : null);
    }
  }

  /** The rules in force for a characteristic. */
  public static RulesJson of(long id, ChartRules rules) {
    return new RulesJson(id, list(rules.location()), list(rules.dispersion()));
  }

  private static List<RuleJson> list(RuleSettings settings) {
    return settings.all().stream().map(RuleJson::of).toList();
  }
}
