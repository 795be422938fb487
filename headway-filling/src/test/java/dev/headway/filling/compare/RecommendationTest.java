package dev.headway.filling.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.compare.Recommendation.Result;
import dev.headway.filling.model.Activity.Kind;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Micros;
import dev.headway.filling.strategy.Strategy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecommendationTest {
  private static Kpis kpis(long makespan, int changeovers) {
    return kpisOf(Micros.ofHours(makespan), changeovers);
  }

  private static Kpis kpisOf(long micros, int changeovers) {
    var totals =
        Map.of(
            Kind.FILL, new Kpis.Total(4, Micros.ofHours(40)),
            Kind.CHANGEOVER, new Kpis.Total(changeovers, Micros.ofHours(4L * changeovers)),
            Kind.CLEAN, new Kpis.Total(2, Micros.ofHours(48)));
    return new Kpis(
        micros, Kpis.Lateness.NONE, Kpis.Moves.NONE, Micros.ofHours(100), totals, List.of(micros));
  }

  private static String sentence(Result... results) {
    return Recommendation.of(List.of(results)).orElseThrow().sentence();
  }

  @Test
  void of_shortestProven_saysSoAndNamesTheNext() {
    assertThat(
            sentence(
                new Result(Strategy.GIVEN, kpis(120, 3)),
                new Result(Strategy.MILP_OPT, kpis(100, 2)),
                new Result(Strategy.LPT_PACK, kpis(110, 2))))
        .isEqualTo(
            "milp-opt gives the shortest makespan, 100.00 h, proven optimal; the next best,"
                + " lpt-pack, takes 10.00 h (10.0 %) longer.");
  }

  @Test
  void of_notProven_saysHowFarItMayBeFromIt() {
    assertThat(sentence(new Result(Strategy.SMART_PACK, kpis(105, 2))))
        .isEqualTo(
            "smart-pack gives the shortest makespan, 105.00 h, at most 5.0 % above the shortest"
                + " possible.");
  }

  @Test
  void of_almostProven_neverSaysNought() {
    assertThat(sentence(new Result(Strategy.BEST, kpisOf(Micros.ofHours(100) + 72_000_000L, 2))))
        .isEqualTo(
            "best gives the shortest makespan, 100.02 h, less than 0.1 % above the shortest"
                + " possible.");
  }

  @Test
  void of_equallyShort_choosesFewerChangeovers() {
    var recommendation =
        Recommendation.of(
                List.of(
                    new Result(Strategy.SPT_PACK, kpis(105, 3)),
                    new Result(Strategy.CFS_PACK, kpis(105, 2))))
            .orElseThrow();
    assertThat(recommendation.strategy()).isEqualTo(Strategy.CFS_PACK);
    assertThat(recommendation.sentence()).endsWith("; equally short: spt-pack.");
  }

  @Test
  void of_differenceOfMicroseconds_countsAsEquallyShort() {
    assertThat(
            sentence(
                new Result(Strategy.MILP_OPT, kpis(100, 2)),
                new Result(Strategy.BEST, kpisOf(Micros.ofHours(100) + 4, 2))))
        .isEqualTo(
            "milp-opt gives the shortest makespan, 100.00 h, proven optimal; equally short: best.");
  }

  @Test
  void of_noResults_isNone() {
    assertThat(Recommendation.of(List.of())).isEmpty();
  }

  @Test
  void difference_toReference_isNegativeWhereLess() {
    var difference = KpiDifference.of(kpis(100, 2), kpis(120, 3));
    assertThat(difference.makespanHours()).isEqualTo(-20);
    assertThat(difference.changeovers()).isEqualTo(-1);
    assertThat(difference.cleans()).isZero();
    assertThat(difference.utilization()).isPositive();
  }
}
