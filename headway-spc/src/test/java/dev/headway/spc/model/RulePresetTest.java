package dev.headway.spc.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RulePresetTest {

  @Test
  void nelson_allEight_asStated() {
    var settings = RulePreset.NELSON.settings();
    assertThat(settings.all()).hasSize(8).allMatch(RuleSetting::enabled);
    assertThat(settings.all().stream().map(RuleSetting::points))
        .containsExactly(1, 9, 6, 14, 2, 4, 15, 8);
    assertThat(settings.of(RuleId.BEYOND_3_SIGMA).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(settings.of(RuleId.TREND).severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void westernElectric_fourZoneRules_withARunOfEight() {
    var settings = RulePreset.WESTERN_ELECTRIC.settings();
    assertThat(settings.all().stream().filter(RuleSetting::enabled).map(RuleSetting::rule))
        .containsExactly(
            RuleId.BEYOND_3_SIGMA, RuleId.ONE_SIDE, RuleId.BEYOND_2_SIGMA, RuleId.BEYOND_1_SIGMA);
    assertThat(settings.of(RuleId.ONE_SIDE).points()).isEqualTo(8);
  }

  @Test
  void aiag_allEight_withARunOfSeven() {
    var settings = RulePreset.AIAG.settings();
    assertThat(settings.all()).allMatch(RuleSetting::enabled);
    assertThat(settings.of(RuleId.ONE_SIDE).points()).isEqualTo(7);
  }

  @Test
  void defaults_byStatistic_areNelsonOrRuleOneAlone() {
    assertThat(RulePreset.defaultFor(PlottedStatistic.MEAN)).isEqualTo(RulePreset.NELSON);
    assertThat(RulePreset.defaultFor(PlottedStatistic.RANGE)).isEqualTo(RulePreset.SHEWHART);
    assertThat(RulePreset.defaultFor(PlottedStatistic.NONCONFORMITIES))
        .isEqualTo(RulePreset.SHEWHART);
  }

  @Test
  void wireNames_ofPresetsAndKinds_areFoundAgain() {
    for (var preset : RulePreset.values()) {
      assertThat(RulePreset.ofWireName(preset.wireName())).isEqualTo(preset);
    }
    for (var kind : ChartKind.values()) {
      assertThat(ChartKind.ofWireName(kind.wireName())).isEqualTo(kind);
    }
    assertThat(RulePreset.ofWireName("none")).isNull();
    assertThat(ChartKind.ofWireName("pie")).isNull();
  }

  @Test
  void runLength_outOfRange_isRefused() {
    assertThatThrownBy(() -> RuleId.TREND.standard(true).withRun(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Rule 3")
        .hasMessageContaining("from 3 to 50");
    assertThatThrownBy(() -> RuleId.BEYOND_3_SIGMA.standard(true).withRun(2))
        .hasMessageContaining("must be 1");
    assertThatThrownBy(
            () -> new RuleSetting(RuleId.BEYOND_2_SIGMA, true, Severity.INFO, 4, 3, null))
        .hasMessageContaining("4 of 3");
    assertThatThrownBy(() -> new RuleSetting(RuleId.ONE_SIDE, true, Severity.INFO, 8, 9, null))
        .hasMessageContaining("8 of 9");
  }
}
