package dev.headway.fpl.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquadRulesTest {
  private final SquadRules rules = SquadRules.standard();

  @ParameterizedTest
  @CsvSource({"50, 50, 50", "50, 51, 50", "50, 52, 51", "50, 53, 51", "50, 47, 47", "75, 84, 79"})
  void sellingPrice_halfTheRiseRoundedDown(int purchase, int present, int selling) {
    assertThat(rules.sellingPrice(purchase, present)).isEqualTo(selling);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, false, 2",
    "1, 1, false, 1",
    "1, 3, false, 1",
    "4, 1, false, 4",
    "5, 0, false, 5",
    "0, 0, false, 1",
    "3, 12, true, 3",
    "0, 12, true, 1"
  })
  void nextFreeTransfers_savedUpToFiveAndKeptByChips(int free, int made, boolean chip, int next) {
    assertThat(rules.nextFreeTransfers(free, made, chip)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "3xc, TRIPLE_CAPTAIN",
    "bboost, BENCH_BOOST",
    "Bench Boost, BENCH_BOOST",
    "free_hit, FREE_HIT",
    "freehit, FREE_HIT",
    "WILDCARD, WILDCARD"
  })
  void named_apiAndLongNames_areKnown(String name, Chip chip) {
    assertThat(Chip.named(name)).contains(chip);
  }

  @Test
  void named_unknownChip_isEmpty() {
    assertThat(Chip.named("assistant_manager")).isEmpty();
  }
}
