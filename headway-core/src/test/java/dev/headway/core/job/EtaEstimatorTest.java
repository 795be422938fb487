package dev.headway.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.core.job.EtaEstimator.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtaEstimatorTest {
  private static final List<Duration> NO_PAST = List.of();

  /** An attempt that began at 0 and has reported from the start. */
  private static @Nullable Eta estimate(
      Duration elapsed, @Nullable Double percent, List<Duration> past) {
    return EtaEstimator.estimate(new Pace(elapsed, elapsed, 0), percent, past);
  }

  @Test
  void estimate_takenUpAt60_isByItsOwnRateFromThere() {
    var pace = new Pace(Duration.ofSeconds(12), Duration.ofSeconds(10), 60);

    var eta = EtaEstimator.estimate(pace, 64.0, NO_PAST);

    assertThat(eta).isNotNull();
    assertThat(eta.seconds()).isCloseTo(90, within(1e-9)); // 36 points at 4 points in 10 s
  }

  @Test
  void estimate_takenUpAt60AndHardlyMoved_isUnknownWhateverThePastSays() {
    var pace = new Pace(Duration.ofSeconds(3), Duration.ofSeconds(3), 60);
    var past = List.of(Duration.ofSeconds(10), Duration.ofSeconds(12));

    assertThat(EtaEstimator.estimate(pace, 60.1, past)).isNull();
  }

  @Test
  void after_silence_comesNearerUntilItIsUnknown() {
    var eta = new Eta(60, 40, 90);

    assertThat(eta.after(Duration.ZERO)).isEqualTo(eta);
    assertThat(eta.after(Duration.ofSeconds(-5))).isEqualTo(eta);
    assertThat(eta.after(Duration.ofSeconds(50))).isEqualTo(new Eta(10, 0, 90));
    assertThat(eta.after(Duration.ofSeconds(90))).isEqualTo(new Eta(0, 0, 90));
    assertThat(eta.after(Duration.ofSeconds(91))).isNull();
  }

  @Test
  void estimate_halfDoneWithoutPast_isAsLongAgain() {
    var eta = estimate(Duration.ofSeconds(30), 50.0, NO_PAST);

    assertThat(eta).isNotNull();
    assertThat(eta.seconds()).isCloseTo(30, within(1e-9));
    assertThat(eta.low()).isCloseTo(30 * 0.4, within(1e-9));
    assertThat(eta.high()).isCloseTo(30 * 1.9, within(1e-9));
  }

  @Test
  void estimate_justBegunWithPast_isWhatThePastSays() {
    var past = Stream.of(60, 20, 40, 30, 50).map(Duration::ofSeconds).toList();

    var eta = estimate(Duration.ofSeconds(10), 0.0, past);

    // Deciles 24 and 56, and as far again for only five runs: 32 s · 2 / 5.
    assertThat(eta).isNotNull();
    assertThat(eta.seconds()).isCloseTo(30, within(1e-9));
    assertThat(eta.low()).isCloseTo(24 - 12.8 - 10, within(1e-9));
    assertThat(eta.high()).isCloseTo(56 + 12.8 - 10, within(1e-9));
  }

  @Test
  void estimate_quarterDoneWithPast_mixesBothByHowWellTheyKnow() {
    var past = List.of(Duration.ofSeconds(60));

    var eta = estimate(Duration.ofSeconds(10), 25.0, past);

    // Own rate: 10 s · 0.75 / 0.25 = 30 s, ×0.35 to ×2.3; the past: 60 s - 10 s = 50 s, ± 48 s.
    var own = 1 / Math.pow(30 * (2.3 - 0.35), 2);
    var history = 1 / Math.pow(96, 2);
    assertThat(eta).isNotNull();
    assertThat(eta.seconds()).isCloseTo((30 * own + 50 * history) / (own + history), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"0, 50", "299, 50", "10000, 0", "10000, 1.9"})
  void estimate_tooEarlyWithoutPast_isUnknown(long millis, double percent) {
    assertThat(estimate(Duration.ofMillis(millis), percent, NO_PAST)).isNull();
  }

  @Test
  void estimate_unknownPercent_isUnknown() {
    assertThat(estimate(Duration.ofMinutes(1), null, NO_PAST)).isNull();
  }

  @Test
  void estimate_longerThanEverBeforeAndNotBegun_isUnknownAndNotZero() {
    var past = List.of(Duration.ofSeconds(10), Duration.ofSeconds(12));

    assertThat(estimate(Duration.ofSeconds(60), 0.0, past)).isNull();
  }

  @Test
  void estimate_longerThanEverBefore_followsItsOwnRate() {
    var past = List.of(Duration.ofSeconds(10), Duration.ofSeconds(12));
    var elapsed = Duration.ofSeconds(60);

    assertThat(estimate(elapsed, 50.0, past)).isEqualTo(estimate(elapsed, 50.0, NO_PAST));
  }

  @Test
  void estimate_allDone_isZero() {
    var past = List.of(Duration.ofSeconds(100));

    assertThat(estimate(Duration.ofSeconds(10), 100.0, past)).isEqualTo(new Eta(0, 0, 0));
  }

  @Test
  void estimate_clockThatWentBack_isNotNegative() {
    var past = List.of(Duration.ofSeconds(100));

    assertThat(estimate(Duration.ofSeconds(-5), 10.0, past)).isEqualTo(new Eta(105, 25, 185));
  }

  @Test
  void estimate_steadyRun_narrowsToItsEnd() {
    var width = Double.MAX_VALUE;
    for (var percent = 5; percent <= 100; percent += 5) {
      var eta = estimate(Duration.ofMillis(percent * 100L), (double) percent, NO_PAST);
      assertThat(eta).isNotNull();
      assertThat(eta.seconds()).isCloseTo((100 - percent) / 10.0, within(1e-9));
      assertThat(eta.high() - eta.low()).isLessThan(width);
      width = eta.high() - eta.low();
    }
  }

  @Test
  void estimate_anything_liesWithinItsInterval() {
    var random = new Random(17);
    for (var round = 0; round < 20_000; round++) {
      var past =
          Stream.generate(() -> Duration.ofMillis(random.nextInt(100_000)))
              .limit(random.nextInt(6))
              .toList();
      var elapsed = Duration.ofMillis(random.nextInt(100_000));

      // The record itself throws when an estimate lies outside.
      var eta = estimate(elapsed, random.nextDouble() * 100, past);

      if (eta != null) {
        assertThat(eta.high()).isFinite();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, -1, 2", "1, 2, 3", "3, 1, 2", "NaN, 0, 1", "1, NaN, 2", "1, 0, NaN"})
  void eta_outsideItsInterval_isRejected(double seconds, double low, double high) {
    assertThatThrownBy(() -> new Eta(seconds, low, high))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
