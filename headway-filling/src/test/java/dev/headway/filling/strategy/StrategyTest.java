package dev.headway.filling.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyTest {
  @ParameterizedTest
  @CsvSource({
    "smart-pack, SMART_PACK",
    "Smart_Pack, SMART_PACK",
    "SMART, SMART_PACK",
    "spt, SPT_PACK",
    "lpt_pack, LPT_PACK",
    "cfs, CFS_PACK",
    "hybrid, HYBRID_PACK",
    "milp, MILP_OPT",
    "Optimal, MILP_OPT",
    "milp_opt, MILP_OPT",
    "best, BEST",
    "csv_order, GIVEN",
    "given, GIVEN"
  })
  void named_nameOrAlias_isFound(String text, Strategy expected) {
    assertThat(Strategy.named(text)).contains(expected);
  }

  @Test
  void named_everyLabel_isItself() {
    for (var strategy : Strategy.values()) {
      assertThat(Strategy.named(strategy.label())).contains(strategy);
      assertThat(strategy.description()).endsWith(".");
    }
  }

  @Test
  void unknown_strategy_listsTheKnown() {
    assertThat(Strategy.named("fastest")).isEmpty();
    assertThat(Strategy.unknown("fastest"))
        .isEqualTo(
            "The strategy 'fastest' is unknown; known are: smart-pack, spt-pack, lpt-pack, cfs-pack,"
                + " hybrid-pack, milp-opt, best, given.");
  }
}
