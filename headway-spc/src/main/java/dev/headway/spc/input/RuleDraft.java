package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.RuleSetting;
import dev.headway.spc.model.RuleSettings;
import dev.headway.spc.model.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The setting of one rule as it is sent, not yet checked. What is missing stays as it is.
 *
 * @param ruleId Nelson's number, required
 * @param enabled whether it is applied
 * @param severity the name of a severity, in any case
 * @param points how many points must fit
 * @param window among how many; for the rules of unbroken runs it follows {@code points}
 * @param multiple of rule 1, how many sigma a point must lie beyond
 */
public record RuleDraft(
    @Nullable Integer ruleId,
    @Nullable Boolean enabled,
    @Nullable String severity,
    @Nullable Integer points,
    @Nullable Integer window,
    @Nullable Double multiple) {

  /**
   * The settings of a chart changed by drafts.
   *
   * @param drafts at most one for each rule
   * @param present the settings as they are
   * @param statistic what the chart plots
   * @throws HeadwayException VALIDATION_ERROR with everything that is wrong with them
   */
  static RuleSettings settings(
      List<RuleDraft> drafts, RuleSettings present, PlottedStatistic statistic) {
    var defects = new ArrayList<Defect>();
    var seen = EnumSet.noneOf(RuleId.class);
    var changed = present;
    for (var index = 0; index < drafts.size(); index++) {
      var path = "rules[" + index + "]";
      var setting = drafts.get(index).setting(path, present, defects);
      if (setting == null) {
        continue;
      }
      if (!seen.add(setting.rule())) {
        defects.add(Defect.ofField(path, "rule " + setting.rule().number() + " is given twice"));
      }
      checkApplies(path, setting, statistic, defects);
      changed = changed.with(setting);
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return changed;
  }

  private static void checkApplies(
      String path, RuleSetting setting, PlottedStatistic statistic, List<Defect> defects) {
    if (setting.enabled() && !setting.rule().appliesTo(statistic)) {
      defects.add(
          Defect.ofField(
              path,
              "rule %d makes no sense for a chart of %s; only rules 1 to 4 do"
                  .formatted(setting.rule().number(), statistic.wireName())));
    }
  }

  private @Nullable RuleSetting setting(String path, RuleSettings present, List<Defect> defects) {
    var rule = ruleId == null ? null : RuleId.ofNumber(ruleId);
    if (rule == null) {
      defects.add(Defect.ofField(path + ".rule_id", ruleId + " is none of the rules 1 to 8"));
      return null;
    }
    var before = present.of(rule);
    var chosen = severity(path, before.severity(), defects);
    var run = points == null ? before.points() : points;
    var among =
        window != null ? window : rule.countsWithinWindow() ? before.window() : (Integer) run;
    var lengthDefect = RuleSetting.defect(rule, run, among);
    if (lengthDefect != null) {
      defects.add(Defect.ofField(path + ".points", lengthDefect));
      return null;
    }
    var sigmas = multiple == null ? before.multiple() : multiple;
    var multipleDefect = RuleSetting.defect(rule, sigmas);
    if (multipleDefect != null) {
      defects.add(Defect.ofField(path + ".multiple", multipleDefect));
      return null;
    }
    return new RuleSetting(
        rule, enabled == null ? before.enabled() : enabled, chosen, run, among, sigmas);
  }

  private Severity severity(String path, Severity before, List<Defect> defects) {
    if (severity == null) {
      return before;
    }
    for (var known : Severity.values()) {
      if (known.name().equals(severity.toUpperCase(Locale.ROOT))) {
        return known;
      }
    }
    var names = String.join(", ", Stream.of(Severity.values()).map(Enum::name).toList());
    defects.add(Defect.ofField(path + ".severity", "'" + severity + "' is none of " + names));
    return before;
  }
}
