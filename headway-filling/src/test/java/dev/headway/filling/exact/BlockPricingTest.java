package dev.headway.filling.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.filling.BruteForce;
import dev.headway.filling.RandomProblems;
import dev.headway.filling.exact.BlockPricing.Found;
import dev.headway.filling.exact.BlockPricing.Prices;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Settings;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockPricingTest {
  private static final double TOLERANCE = 1e-6;

  @Test
  void best_anyPricesAndRules_missesNoBlockThatGains() {
    for (var seed = 0; seed < 300; seed++) {
      var problem = RandomProblems.any(seed, 7);
      var prices = prices(problem, seed);
      var found = new BlockPricing(problem, 0).best(prices).stream().mapToDouble(Found::gain).max();
      assertThat(found.orElse(0))
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(largestGain(problem, prices) - TOLERANCE);
    }
  }

  @Test
  void best_timesOnTheGridAndChangeoversByKind_findsTheLargestGainItself() {
    for (var seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      var lots =
          IntStream.range(0, random.nextInt(1, 8))
              .mapToObj(lot -> new Lot("L" + lot, type(random), 19_920L * random.nextInt(5, 60)))
              .toList();
      var problem = new Problem(lots, Settings.withLines(1));
      var prices = prices(problem, seed);
      var found = new BlockPricing(problem, 0).best(prices).stream().mapToDouble(Found::gain).max();
      assertThat(found.orElse(0))
          .as("seed %d", seed)
          .isCloseTo(largestGain(problem, prices), within(TOLERANCE));
    }
  }

  private static String type(Random random) {
    return String.valueOf((char) ('A' + random.nextInt(4)));
  }

  private static Prices prices(Problem problem, long seed) {
    var random = new Random(seed);
    var ofLots = random.doubles(problem.lotCount(), 0, 80).toArray();
    return new Prices(ofLots, random.nextDouble(0.2, 1), random.nextDouble(-20, 20));
  }

  /** The largest gain of a block by trying them all, 0 when none gains. */
  private static double largestGain(Problem problem, Prices prices) {
    var times = BruteForce.blockTimes(problem, 0);
    var best = 0d;
    for (var set = 1; set < times.length; set++) {
      if (times[set] <= problem.window(0)) {
        var chosen = set;
        var worth =
            IntStream.range(0, problem.lotCount())
                .filter(lot -> (chosen >> lot & 1) == 1)
                .mapToDouble(lot -> prices.ofLot()[lot])
                .sum();
        var hours = Micros.toHours(problem.cleaning() + times[set]);
        best = Math.max(best, worth + prices.ofBlock() - prices.ofHour() * hours);
      }
    }
    return best;
  }
}
