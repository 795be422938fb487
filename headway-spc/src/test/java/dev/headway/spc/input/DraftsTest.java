package dev.headway.spc.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.RulePreset;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Specification;
import dev.headway.spc.model.Subgroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftsTest {

  private static Definition definition(ChartKind kind, int size) {
    return new Definition("Bore", "", kind, size, false, Specification.NONE);
  }

  private static HeadwayException refusal(ThrowingCallable checking) {
    return catchThrowableOfType(HeadwayException.class, checking);
  }

  private static List<String> fields(ThrowingCallable checking) {
    return refusal(checking).defects().stream().map(Defect::field).toList();
  }

  private static String messages(ThrowingCallable checking) {
    return refusal(checking).defects().toString();
  }

  private static @Nullable Observation observation(
      Definition definition, List<Double> measurements) {
    return SampleCheck.observation(definition, measurements, new ArrayList<>());
  }

  private static List<Defect> defects(Definition definition, List<Double> measurements) {
    var defects = new ArrayList<Defect>();
    assertThat(SampleCheck.observation(definition, measurements, defects)).isNull();
    return defects;
  }

  @Test
  void definition_onlyAName_takesDefaults() {
    var draft = new DefinitionDraft(" Bore ", null, null, null, null, null, null, null);
    var definition = draft.definition();
    assertThat(definition.name()).isEqualTo("Bore");
    assertThat(definition.kind()).isEqualTo(ChartKind.INDIVIDUALS);
    assertThat(definition.subgroupSize()).isEqualTo(1);
    assertThat(DefinitionDraft.of(definition).definition()).isEqualTo(definition);
  }

  @Test
  void definition_everythingWrong_allDefectsAtOnce() {
    var draft = new DefinitionDraft(" ", "x".repeat(2_001), "pie", 26, null, Double.NaN, 1.0, 2.0);
    assertThat(fields(draft::definition))
        .containsExactly("name", "description", "target_value", "lsl", "chart_type");
  }

  @ParameterizedTest
  @CsvSource({"0,", "26,", "-1,", "1,xbar_r", "2,individuals", "26,xbar_s", "5,c"})
  void definition_sizeThatDoesNotFit_isNamed(int size, String kind) {
    var draft = new DefinitionDraft("Bore", null, kind, size, null, null, null, null);
    assertThat(fields(draft::definition)).containsExactly("subgroup_size");
    assertThat(messages(draft::definition)).contains(size + " must be");
  }

  @Test
  void sample_wrongSizeAndBadNumbers_allDefectsAtOnce() {
    var defects =
        defects(
            definition(ChartKind.XBAR_R, 5),
            List.of(1.0, Double.NaN, 2.0, Double.POSITIVE_INFINITY));
    assertThat(defects)
        .extracting(Defect::field)
        .containsExactly("measurements", "measurements[1]", "measurements[3]");
    assertThat(defects.toString()).contains("4 measurements, but the subgroup size is 5");
  }

  @Test
  void sample_varyingSize_takesSmallerSubgroupsOnly() {
    var varying = new Definition("Bore", "", ChartKind.XBAR_R, 3, true, Specification.NONE);
    assertThat(observation(varying, List.of(1.0, 2.0))).isEqualTo(Subgroup.of(1, 2));
    assertThat(defects(varying, List.of()).toString()).contains("1 to 3");
    assertThat(defects(varying, List.of(1.0, 2.0, 3.0, 4.0)).toString()).contains("4 measurements");
  }

  @Test
  void sample_ofAttributes_isACountWithItsSize() {
    assertThat(observation(definition(ChartKind.P, 1), List.of(3.0, 50.0)))
        .isEqualTo(new AttributeCount(3, 50));
    assertThat(observation(definition(ChartKind.C, 1), List.of(3.0)))
        .isEqualTo(new AttributeCount(3, 1));
    assertThat(observation(definition(ChartKind.U, 1), List.of(3.0, 2.5)))
        .isEqualTo(new AttributeCount(3, 2.5));
  }

  @ParameterizedTest
  @CsvSource({
    "NP, 51, 50, more than the 50.0 inspected",
    "P, -1, 50, whole number from 0",
    "U, 1.5, 2, whole number from 0",
    "NP, 1, 49.5, must be whole",
    "U, 1, 0, must be above 0"
  })
  void sample_impossibleCount_saysWhy(ChartKind kind, double count, double size, String reason) {
    assertThat(defects(definition(kind, 1), List.of(count, size)).toString()).contains(reason);
  }

  @Test
  void sample_countWithoutItsSize_saysWhatIsWanted() {
    assertThat(defects(definition(ChartKind.P, 1), List.of(1.0)).toString())
        .contains("takes 2: the count and the size inspected");
  }

  @Test
  void times_ofTheFutureOrTooLate_areDefects() {
    var now = Instant.parse("2026-01-31T08:00:00Z");
    var times = SampleTimes.DEFAULT;
    assertThat(times.defect(now.plusSeconds(300), null, now)).isNull();
    assertThat(times.defect(now.minusSeconds(86_400), now, now)).as("a day late").isNull();
    var future = times.defect(now.plusSeconds(301), null, now);
    assertThat(future).isNotNull();
    assertThat(future.message()).contains("2026-01-31T08:05:01Z lies in the future");
    var late = times.defect(now.minus(Duration.ofDays(31)), now, now);
    assertThat(late).isNotNull();
    assertThat(late.message()).contains("more than 30 days before the newest sample");
    var ancient = times.defect(Instant.parse("1899-12-31T00:00:00Z"), null, now);
    assertThat(ancient).isNotNull();
    assertThat(ancient.message()).contains("1900");
  }

  @Test
  void limits_ofAKnownProcess_needMeanAndSigma() {
    var known = new LimitsDraft(null, 10.0, null, 1.0);
    var limits = known.limits(definition(ChartKind.XBAR_S, 5), 5);
    assertThat(limits.lines(5).ucl()).isCloseTo(11.341641, within(1e-6));
    var spread = limits.dispersionLines(5);
    assertThat(spread).isNotNull();
    assertThat(spread.ucl()).as("B6").isCloseTo(1.963627921, within(1e-9));
    assertThat(
            fields(
                () -> new LimitsDraft(null, 0.5, null, 1.0).limits(definition(ChartKind.P, 1), 1)))
        .containsExactly("sigma");
    assertThat(
            fields(() ->
                new LimitsDraft(null, 5.0, null, 0.0)
                    .limits(definition(ChartKind.INDIVIDUALS, 1), 1)))
        .containsExactly("sigma");
    assertThat(
            fields(() ->
                new LimitsDraft(null, 1.5, null, null).limits(definition(ChartKind.NP, 1), 1)))
        .containsExactly("center_line");
  }

  @Test
  void limits_inOrder_areValid() {
    var limits = new LimitsDraft(1.0, 2.0, 4.0, null).limits(definition(ChartKind.XBAR_R, 5), 5);
    assertThat(limits.lines(5).ucl()).isEqualTo(4);
    assertThat(limits.sigma()).isCloseTo(3.0 / 6 * Math.sqrt(5), within(1e-12));
  }

  @Test
  void limits_upsideDownOrMissing_allDefectsAtOnce() {
    var definition = definition(ChartKind.C, 1);
    assertThat(fields(() -> new LimitsDraft(3.0, 2.0, 1.0, null).limits(definition, 1)))
        .containsExactly("lcl", "ucl");
    var individuals = definition(ChartKind.INDIVIDUALS, 1);
    assertThat(fields(() -> new LimitsDraft(null, Double.NaN, null, null).limits(individuals, 1)))
        .containsExactly("lcl", "center_line", "ucl");
    assertThat(messages(() -> new LimitsDraft(-1.0, 2.0, 3.0, null).limits(definition, 1)))
        .contains("below 0");
    assertThat(messages(() -> new LimitsDraft(1.0, 1.0, 1.0, null).limits(definition, 1)))
        .contains("must be below the centre")
        .contains("must be above the centre");
  }

  @Test
  void rules_someChanged_othersStay() {
    var drafts =
        List.of(
            new RuleDraft(2, null, null, 7, null, null),
            new RuleDraft(3, false, "critical", null, null, null),
            new RuleDraft(6, null, null, 3, null, null));
    var settings = RuleDraft.settings(drafts, RulePreset.NELSON.settings(), PlottedStatistic.MEAN);
    assertThat(settings.of(RuleId.ONE_SIDE).points()).isEqualTo(7);
    assertThat(settings.of(RuleId.ONE_SIDE).window()).isEqualTo(7);
    assertThat(settings.of(RuleId.TREND).enabled()).isFalse();
    assertThat(settings.of(RuleId.TREND).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(settings.of(RuleId.BEYOND_1_SIGMA).points()).isEqualTo(3);
    assertThat(settings.of(RuleId.BEYOND_1_SIGMA).window()).isEqualTo(5);
    assertThat(settings.of(RuleId.ALTERNATING)).isEqualTo(RuleId.ALTERNATING.standard(true));
  }

  @Test
  void rules_everythingWrong_allDefectsAtOnce() {
    var drafts =
        List.of(
            new RuleDraft(9, true, null, null, null, null),
            new RuleDraft(null, true, null, null, null, null),
            new RuleDraft(5, true, null, null, null, null),
            new RuleDraft(2, true, "loud", null, null, null),
            new RuleDraft(2, true, null, 51, null, null),
            new RuleDraft(3, true, null, null, null, null),
            new RuleDraft(3, true, null, null, null, null));
    ThrowingCallable checking =
        () ->
            RuleDraft.settings(
                drafts, RulePreset.SHEWHART.settings(), PlottedStatistic.NONCONFORMITIES);
    assertThat(fields(checking))
        .containsExactly(
            "rules[0].rule_id",
            "rules[1].rule_id",
            "rules[2]",
            "rules[3].severity",
            "rules[4].points",
            "rules[6]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void rules_firstFourForCounts_areAccepted(int rule) {
    var drafts = List.of(new RuleDraft(rule, true, null, null, null, null));
    var settings =
        RuleDraft.settings(drafts, RulePreset.SHEWHART.settings(), PlottedStatistic.RANGE);
    assertThat(settings.all().get(rule - 1).enabled()).isTrue();
  }
}
