package dev.headway.core.job;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the time left of an attempt from its own rate and from past runs of the same type.
 *
 * <p>The rate is that of this attempt from where it began: work that is taken up at 60 % has no
 * known rate before it has moved. With the time t and the fraction f of what there was to do since
 * its first report, the rate says t·(1−f)/f; a past run of length d says max(0, d−elapsed), unless
 * the attempt began elsewhere than past runs do. Each says an interval that shall hold in eight of
 * ten cases: the rate by factors that narrow as f grows, the past by its deciles, further apart
 * where there are few runs. The two are mixed by the inverse squares of the intervals' widths, so
 * whichever knows better counts more. The factors are those that held in {@code headway bench eta}
 * (docs/benchmarks/time-left.md). An attempt that outlasts the past learns nothing from it. Pure
 * and thread-safe.
 */
public final class EtaEstimator {
  private static final Duration MIN_ELAPSED = Duration.ofMillis(300);
  private static final double MIN_GAIN = 2;
  private static final double MAX_BEGIN_OF_PAST = 10;

  /* What the time left was of what the rate said, in the middle eight of ten cases. */
  private static final double[] FRACTIONS = {0, 0.05, 0.1, 0.25, 0.5, 0.75, 1};
  private static final double[] LOW = {0.2, 0.25, 0.3, 0.35, 0.4, 0.4, 0.4};
  private static final double[] HIGH = {5, 3.9, 3.2, 2.3, 1.9, 1.75, 1.6};

  /* Runs of one length are not known to the last bit, as a share of the median. */
  private static final double LEAST_SPREAD = 0.1;

  /* One or two runs do not tell how far runs are apart: the margin then, as a share of the median. */
  private static final double[] FEW_RUNS = {1, 0.8, 0.35};

  private EtaEstimator() {}

  /**
   * How an attempt has gone so far.
   *
   * @param elapsed since the attempt began
   * @param moving since its first report of a percentage
   * @param from the percentage of that report, 0 to 100
   */
  public record Pace(Duration elapsed, Duration moving, double from) {}

  /**
   * The time left, or null when nothing can be said honestly.
   *
   * @param percent 0 to 100; null when unknown
   * @param past durations of completed runs of the same type, in any order
   */
  public static @Nullable Eta estimate(Pace pace, @Nullable Double percent, List<Duration> past) {
    if (percent == null) {
      return null;
    }
    if (percent >= 100) {
      return new Eta(0, 0, 0);
    }
    var fraction = Math.max(0, percent - pace.from()) / (100 - pace.from());
    var own = ownRate(pace, percent, fraction);
    var history = pace.from() > MAX_BEGIN_OF_PAST ? null : fromPast(pace.elapsed(), past);
    if (own == null || history == null) {
      return own == null ? history : own;
    }
    return mixed(own, history);
  }

  private static Eta mixed(Eta own, Eta past) {
    var ofOwn = square(own.high() - own.low());
    var ofPast = square(past.high() - past.low());
    var weight = ofPast / (ofOwn + ofPast);
    return new Eta(
        mix(own.seconds(), past.seconds(), weight),
        mix(own.low(), past.low(), weight),
        mix(own.high(), past.high(), weight));
  }

  private static double square(double width) {
    return width * width;
  }

  private static double mix(double own, double past, double weight) {
    return own * weight + past * (1 - weight);
  }

  private static @Nullable Eta ownRate(Pace pace, double percent, double fraction) {
    if (percent - pace.from() < MIN_GAIN || pace.moving().compareTo(MIN_ELAPSED) < 0) {
      return null;
    }
    var left = seconds(pace.moving()) * (1 - fraction) / fraction;
    return new Eta(left, left * interpolated(LOW, fraction), left * interpolated(HIGH, fraction));
  }

  private static double interpolated(double[] values, double fraction) {
    var at = 1;
    while (at < FRACTIONS.length - 1 && FRACTIONS[at] < fraction) {
      at++;
    }
    var share = (fraction - FRACTIONS[at - 1]) / (FRACTIONS[at] - FRACTIONS[at - 1]);
    return values[at - 1] + (values[at] - values[at - 1]) * share;
  }

  private static @Nullable Eta fromPast(Duration elapsed, List<Duration> past) {
    if (past.isEmpty()) {
      return null;
    }
    var sorted = past.stream().mapToDouble(EtaEstimator::seconds).sorted().toArray();
    var median = quantile(sorted, 0.5);
    var between = quantile(sorted, 0.9) - quantile(sorted, 0.1);
    var margin = Math.max(between * 2 / sorted.length, leastMargin(sorted.length) * median);
    var passed = seconds(elapsed);
    var high = quantile(sorted, 0.9) + margin - passed;
    return high <= 0
        ? null
        : new Eta(
            Math.max(0, median - passed),
            Math.max(0, quantile(sorted, 0.1) - margin - passed),
            high);
  }

  private static double leastMargin(int runs) {
    return runs < FEW_RUNS.length ? FEW_RUNS[runs] : LEAST_SPREAD * 2 / runs;
  }

  private static double quantile(double[] sorted, double which) {
    var place = which * (sorted.length - 1);
    var below = (int) place;
    var above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
