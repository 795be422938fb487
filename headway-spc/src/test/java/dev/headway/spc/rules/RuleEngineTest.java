package dev.headway.spc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.spc.TestData;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.RulePreset;
import dev.headway.spc.model.RuleSetting;
import dev.headway.spc.model.RuleSettings;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleEngineTest {
  private static final double[] RISING = {-2.5, -1.5, -0.5, 0.5, 1.5, 2.5};

  private static RuleSettings only(RuleSetting... settings) {
    return RuleSettings.of(List.of(settings));
  }

  private static RuleSettings only(RuleId rule) {
    return only(rule.standard(true));
  }

  private static ChartPoint point(long id, double z) {
    return new ChartPoint(id, z, z, 1);
  }

  private static List<List<Signal>> run(RuleSettings settings, double... z) {
    var engine = new RuleEngine(PlottedStatistic.INDIVIDUAL, settings);
    return IntStream.range(0, z.length).mapToObj(i -> engine.accept(point(i + 1, z[i]))).toList();
  }

  private static List<Integer> firesAt(RuleId rule, List<List<Signal>> signals) {
    return IntStream.range(0, signals.size())
        .filter(index -> signals.get(index).stream().anyMatch(signal -> signal.rule() == rule))
        .mapToObj(index -> index + 1)
        .toList();
  }

  private static double[] repeated(int times, double... z) {
    return IntStream.range(0, times * z.length).mapToDouble(i -> z[i % z.length]).toArray();
  }

  @Test
  void accept_publishedVectors_fireExactlyWhereTheyShould() {
    var series = new LinkedHashMap<String, List<Double>>();
    var expected = new LinkedHashMap<String, List<String>>();
    for (var row : TestData.rows("nelson_vectors.csv")) {
      var id = row.getField("series");
      series
          .computeIfAbsent(id, any -> new ArrayList<>())
          .add(Double.parseDouble(row.getField("z")));
      expected.computeIfAbsent(id, any -> new ArrayList<>()).add(row.getField("rules"));
    }
    assertThat(series).hasSize(20);
    series.forEach((id, points) -> {
      var z = points.stream().mapToDouble(Double::doubleValue).toArray();
      var fired = run(RulePreset.NELSON.settings(), z).stream().map(this::numbers).toList();
      assertThat(fired).as("series %s", id).isEqualTo(expected.get(id));
    });
  }

  private String numbers(List<Signal> signals) {
    return String.join(
        " ", signals.stream().map(signal -> String.valueOf(signal.rule().number())).toList());
  }

  /** Every rule, every preset and odd run lengths against the statements, with many ties. */
  @Test
  void accept_randomSeriesWithTiesAndBoundaries_agreesWithTheStatements() {
    var random = new Random(1984);
    var fired = new int[RuleId.values().length];
    for (var trial = 0; trial < 600; trial++) {
      var z = randomSeries(random);
      var settings = randomSettings(random, trial);
      var signals = run(settings, z);
      for (var setting : settings.applied(PlottedStatistic.INDIVIDUAL)) {
        var points = RulesByDefinition.holdsAt(setting, z);
        fired[setting.rule().number() - 1] += points.size();
        assertThat(firesAt(setting.rule(), signals))
            .as("trial %d, %s, z %s", trial, setting, Arrays.toString(z))
            .isEqualTo(points);
      }
    }
    assertThat(Arrays.stream(fired).allMatch(count -> count > 100))
        .as("every rule fires often: %s", Arrays.toString(fired))
        .isTrue();
  }

  /**
   * Quarter steps put many points on lines and tie many pairs; the spread decides which rules fire.
   */
  private static double[] randomSeries(Random random) {
    var spread = new double[] {0.3, 1, 2, 4}[random.nextInt(4)];
    var drift = random.nextInt(3) == 0 ? 0.3 : 0;
    var swing = random.nextInt(3) == 0 ? 2 : 0;
    return IntStream.range(0, 80)
        .mapToDouble(
            i -> random.nextGaussian() * spread + drift * (i % 12) + swing * (i % 2 == 0 ? 1 : -1))
        .map(value -> Math.rint(value * 4) / 4)
        .toArray();
  }

  private static RuleSettings randomSettings(Random random, int trial) {
    if (trial % 2 == 0) {
      var presets = RulePreset.values();
      return presets[trial / 2 % presets.length].settings();
    }
    return RuleSettings.of(
        Arrays.stream(RuleId.values()).map(rule -> randomLength(rule, random)).toList());
  }

  private static RuleSetting randomLength(RuleId rule, Random random) {
    if (rule == RuleId.BEYOND_3_SIGMA) {
      return rule.standard(true);
    }
    var points = 3 + random.nextInt(4);
    var window = rule.countsWithinWindow() ? points + random.nextInt(4) : points;
    return new RuleSetting(rule, true, Severity.INFO, points, window, null);
  }

  @Test
  void rule1_exactlyThree_isNoSignal() {
    assertThat(firesAt(RuleId.BEYOND_3_SIGMA, run(only(RuleId.BEYOND_3_SIGMA), 3, -3, 3.001, -3.1)))
        .containsExactly(3, 4);
  }

  @Test
  void rule1_sideChangesBetweenPoints_beginsANewPattern() {
    var signals = run(only(RuleId.BEYOND_3_SIGMA), 4, 5, -4);
    assertThat(signals.get(1).getFirst().begins()).isFalse();
    assertThat(signals.get(2).getFirst().begins()).isTrue();
    assertThat(signals.get(2).getFirst().side()).isEqualTo(Side.LOWER);
  }

  @Test
  void rule2_pointOnTheCentreLine_breaksTheRun() {
    var z = repeated(18, 0.5);
    z[8] = 0;
    assertThat(firesAt(RuleId.ONE_SIDE, run(only(RuleId.ONE_SIDE), z))).containsExactly(18);
  }

  @Test
  void rule3_equalPair_breaksTheTrend() {
    assertThat(firesAt(RuleId.TREND, run(only(RuleId.TREND), RISING))).containsExactly(6);
    assertThat(firesAt(RuleId.TREND, run(only(RuleId.TREND), -2.5, -1.5, -0.5, -0.5, 0.5, 1.5)))
        .isEmpty();
  }

  @Test
  void rule3_meansThatDifferByRoundingOnly_areTied() {
    var engine = new RuleEngine(PlottedStatistic.MEAN, only(RuleId.TREND));
    var value = 0.1 + 0.2;
    var signals = new ArrayList<Signal>();
    for (var sample = 1; sample <= 10; sample++) {
      signals.addAll(engine.accept(new ChartPoint(sample, value, 0, 1)));
      value = Math.nextUp(value);
    }
    assertThat(signals).isEmpty();
  }

  @Test
  void rule4_equalPair_breaksTheAlternation() {
    var z = repeated(8, 1, -1);
    assertThat(firesAt(RuleId.ALTERNATING, run(only(RuleId.ALTERNATING), z)))
        .containsExactly(14, 15, 16);
    z[7] = z[6];
    assertThat(firesAt(RuleId.ALTERNATING, run(only(RuleId.ALTERNATING), z))).isEmpty();
  }

  @Test
  void rule5_newestPointInside_isNoSignalAndTheNextBeyondGoesOn() {
    var signals = run(only(RuleId.BEYOND_2_SIGMA), 2.5, 2.5, 0, 2.5, 0, 0, 2.5, 2.5);
    assertThat(firesAt(RuleId.BEYOND_2_SIGMA, signals)).containsExactly(2, 4, 8);
    assertThat(signals.get(1).getFirst().sampleIds()).containsExactly(1L, 2L);
    assertThat(signals.get(3).getFirst().begins()).isFalse();
    assertThat(signals.get(3).getFirst().sampleIds()).containsExactly(4L);
    assertThat(signals.get(7).getFirst().begins()).isTrue();
    assertThat(signals.get(7).getFirst().sampleIds()).containsExactly(7L, 8L);
  }

  @Test
  void rule5_thirdPointAnywhere_membersAreThoseBeyond() {
    var signals = run(only(RuleId.BEYOND_2_SIGMA), 2.5, -3.5, 2.1);
    assertThat(signals.get(2).getFirst().sampleIds()).containsExactly(1L, 3L);
    assertThat(signals.get(2).getFirst().side()).isEqualTo(Side.UPPER);
  }

  @Test
  void rule8_bothSides_holds() {
    var signals = run(only(RuleId.OUTSIDE_1_SIGMA), repeated(4, 1.5, -1.5));
    assertThat(firesAt(RuleId.OUTSIDE_1_SIGMA, signals)).containsExactly(8);
    assertThat(signals.get(7).getFirst().side()).isEqualTo(Side.BOTH);
  }

  @Test
  void pattern_thatGoesOn_beginsOnceAndGrowsByOneSample() {
    var signals = run(only(RuleId.ONE_SIDE), repeated(12, 0.5));
    var begun = signals.get(8).getFirst();
    assertThat(begun.begins()).isTrue();
    assertThat(begun.sampleIds()).isEqualTo(LongStream.rangeClosed(1, 9).boxed().toList());
    for (var later = 9; later < 12; later++) {
      assertThat(signals.get(later).getFirst().begins()).isFalse();
      assertThat(signals.get(later).getFirst().sampleIds()).containsExactly(later + 1L);
    }
  }

  @Test
  void pattern_afterABreak_isANewOne() {
    var z = repeated(19, 0.5);
    z[9] = -0.5;
    var signals = run(only(RuleId.ONE_SIDE), z);
    assertThat(firesAt(RuleId.ONE_SIDE, signals)).containsExactly(9, 19);
    assertThat(signals.get(18).getFirst().begins()).isTrue();
  }

  /** An engine that is given the last points of a series says of the next what the old one says. */
  @Test
  void restored_fromSnapshotOrLastPoints_goesOnAsIfNeverInterrupted() {
    var random = new Random(55);
    for (var trial = 0; trial < 200; trial++) {
      var z = randomSeries(random);
      var settings = randomSettings(random, trial);
      var engine = new RuleEngine(PlottedStatistic.INDIVIDUAL, settings);
      var restored = new RuleEngine(PlottedStatistic.INDIVIDUAL, settings);
      for (var index = 0; index < z.length; index++) {
        var point = point(index + 1, z[index]);
        assertThat(restored.accept(point)).as("trial %d", trial).isEqualTo(engine.accept(point));
        restored = new RuleEngine(PlottedStatistic.INDIVIDUAL, settings);
        var snapshot = engine.snapshot();
        assertThat(snapshot).hasSizeLessThanOrEqualTo(engine.depth());
        for (var remembered : snapshot) {
          restored.accept(remembered);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PlottedStatistic.class,
      names = {"INDIVIDUAL", "MEAN", "MEDIAN"},
      mode = EnumSource.Mode.EXCLUDE)
  void zoneRules_statisticThatIsNotSymmetric_areNotApplied(PlottedStatistic statistic) {
    var applied = RulePreset.NELSON.settings().applied(statistic);
    assertThat(applied.stream().map(RuleSetting::rule))
        .containsExactly(RuleId.BEYOND_3_SIGMA, RuleId.ONE_SIDE, RuleId.TREND, RuleId.ALTERNATING);
    var engine = new RuleEngine(statistic, RulePreset.NELSON.settings());
    var signals = new ArrayList<Signal>();
    for (var sample = 1; sample <= 3; sample++) {
      signals.addAll(engine.accept(point(sample, 2.5)));
    }
    assertThat(signals).isEmpty();
  }

  @Test
  void rules_switchedOff_findNothing() {
    assertThat(run(only(), repeated(20, 4)).stream().flatMap(List::stream)).isEmpty();
  }

  @Test
  void severity_asSet_isInTheSignal() {
    var quiet = new RuleSetting(RuleId.BEYOND_3_SIGMA, true, Severity.INFO, 1, 1, null);
    assertThat(run(only(quiet), 4).getFirst().getFirst().severity()).isEqualTo(Severity.INFO);
  }
}
