package dev.headway.filling.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.Instance;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Settings;
import java.util.List;
import java.util.Locale;
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
    assertThat(LowerBound.of(problem)).isEqualTo(Math.ceilDiv(Micros.ofHours(616), 3));
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
