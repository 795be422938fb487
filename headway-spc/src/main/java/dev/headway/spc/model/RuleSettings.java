package dev.headway.spc.model;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The settings of all eight rules for one chart. Immutable. */
public final class RuleSettings {
  private final List<RuleSetting> settings;

  private RuleSettings(List<RuleSetting> settings) {
    this.settings = settings;
  }

  /** The given settings; a rule that is not among them is Nelson's, and off. */
  public static RuleSettings of(Collection<RuleSetting> given) {
    Map<RuleId, RuleSetting> byRule = new EnumMap<>(RuleId.class);
    for (var rule : RuleId.values()) {
      byRule.put(rule, rule.standard(false));
    }
    given.forEach(setting -> byRule.put(setting.rule(), setting));
    return new RuleSettings(List.copyOf(byRule.values()));
  }

  /** The standard rules that fit, switched on; the others off. */
  static RuleSettings standard(Predicate<RuleId> on) {
    return of(List.of(RuleId.values()).stream().map(rule -> rule.standard(on.test(rule))).toList());
  }

  /** All eight settings, in the order of their numbers. */
  public List<RuleSetting> all() {
    return settings;
  }

  /** The setting of one rule. */
  public RuleSetting of(RuleId rule) {
    return settings.get(rule.number() - 1);
  }

  /** The rules that are switched on and make sense for {@code statistic}. */
  public List<RuleSetting> applied(PlottedStatistic statistic) {
    return settings.stream()
        .filter(setting -> setting.enabled() && setting.rule().appliesTo(statistic))
        .toList();
  }

  /** These settings with one replaced. */
  public RuleSettings with(RuleSetting setting) {
    var changed = new EnumMap<RuleId, RuleSetting>(RuleId.class);
    settings.forEach(each -> changed.put(each.rule(), each));
    changed.put(setting.rule(), setting);
    return of(changed.values());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleSettings that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
