package dev.headway.filling.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.BruteForce;
import dev.headway.filling.Instance;
import dev.headway.filling.RandomProblems;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LowerBoundTest {
  @ParameterizedTest
  @MethodSource("dev.headway.filling.Instance#all")
  void of_instanceWithKnownOptimum_isNotAboveIt(Instance instance) {
    var bound = Micros.toHours(LowerBound.of(instance.problem()));
    System.out.printf(
        Locale.ROOT, "%-28s bound %8.3f h, optimum %8.3f h%n", instance, bound, instance.optimum());
    assertThat(bound).isLessThan(instance.optimum() + 1e-6).isGreaterThan(0.8 * instance.optimum());
  }

  @Test
  void of_oneLot_isItsCleanAndFill() {
    var problem = new Problem(List.of(new Lot("a", "A", 199_200)), Settings.withLines(3));
    assertThat(LowerBound.of(problem)).isEqualTo(Micros.ofHours(24 + 10));
  }

  @Test
  void of_lotsThatFillTheirWindows_isExact() {
    var whole = new Lot("a", "A", 120 * 19_920);
    var problem =
        new Problem(List.of(whole, new Lot("b", "B", 120 * 19_920)), Settings.withLines(1));
    assertThat(LowerBound.of(problem)).isEqualTo(Micros.ofHours(2 * (24 + 120)));
  }

  @Test
  void of_severalLines_cannotShareACleanEvenly() {
    var lots = Stream.of("a", "b", "c", "d").map(id -> new Lot(id, "A", 120 * 19_920)).toList();
    var problem = new Problem(lots, Settings.withLines(3));
    // Four blocks of 144 h are 192 h a line. But one line must clean twice; and when all do, with a
    // changeover counted before each lot: 3 (T − 2·24 + 2·4) ≥ 4 (120 + 4).
    assertThat(new LowerBound(problem).makespan()).isEqualTo(Math.ceilDiv(Micros.ofHours(616), 3));
    assertThat(LowerBound.of(problem)).isEqualTo(Micros.ofHours(288)); // some line has two of them
  }

  @Test
  void of_equalLots_isWhatTheFullestLineTakes() {
    var lots = IntStream.range(0, 30).mapToObj(i -> new Lot("S" + i, "A", 35 * 19_920)).toList();
    // Eight lots on some line: three blocks, for a window takes three of them.
    var fullest = Micros.ofHours(8 * 35 + 3 * 24 + 5 * 4);
    assertThat(LowerBound.of(new Problem(lots, Settings.withLines(4)))).isEqualTo(fullest);
  }

  @Test
  void of_matrix_countsTheShortestChangeoverToEachType() {
    var hours = Map.of("A", Map.of("A", 9L, "B", 12L), "B", Map.of("A", 7L, "B", 8L));
    var times = new LinkedHashMap<String, Map<String, Long>>();
    hours.forEach((from, row) -> {
      var micros = new LinkedHashMap<String, Long>();
      row.forEach((to, time) -> micros.put(to, Micros.ofHours(time)));
      times.put(from, micros);
    });
    var usual = Settings.withLines(1);
    var settings =
        new Settings(usual.cleaning(), new Changeovers.Matrix(times), usual.lines(), usual.run());
    var lots =
        IntStream.range(0, 4)
            .mapToObj(i -> new Lot("L" + i, i % 2 == 0 ? "A" : "B", 10 * 19_920))
            .toList();
    // One block: A's follow at least 7 h, B's at least 8 h, of which the first does without.
    assertThat(LowerBound.of(new Problem(lots, settings)))
        .isEqualTo(Micros.ofHours(24 + 4 * 10 + 7 + 7 + 8));
  }

  @Test
  void of_smallSetsUnderAnyRules_isNotAboveTheOptimum() {
    for (var seed = 0; seed < 300; seed++) {
      var problem = RandomProblems.any(seed, 5);
      assertThat(LowerBound.of(problem))
          .as("seed %d", seed)
          .isLessThanOrEqualTo(BruteForce.optimum(problem));
    }
  }

  @Test
  void lowerBound_itemsOverHalf_needABinEach() {
    assertThat(BinPacking.lowerBound(new long[] {6, 6, 6, 6}, 10)).isEqualTo(4);
    assertThat(BinPacking.lowerBound(new long[] {6, 6, 4, 4, 4}, 10)).isEqualTo(3);
    assertThat(BinPacking.lowerBound(new long[] {7, 7, 4, 4}, 10)).isEqualTo(3);
    assertThat(BinPacking.lowerBound(new long[] {5, 5, 5, 5}, 10)).isEqualTo(2);
    assertThat(BinPacking.lowerBound(new long[] {10}, 10)).isEqualTo(1);
    assertThat(BinPacking.lowerBound(new long[] {}, 10)).isZero();
  }
}
