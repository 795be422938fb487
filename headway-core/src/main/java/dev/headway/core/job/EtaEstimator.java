package dev.headway.core.job;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the time left of an attempt from its own rate and from past runs of the same type.
 *
 * <p>With elapsed time t and fraction done f, the run's own rate says t·(1−f)/f; a past run of
 * length d says max(0, d−t). The two are mixed with weight f for the run itself: early on the past
 * knows better, later the run does. The interval spans the quartiles of the past and a band around
 * the rate that narrows from ±50 % to ±10 % as f grows. A run that outlasts the upper quartile of
 * the past is told nothing by it. Pure and thread-safe.
 */
public final class EtaEstimator {
  private static final Duration MIN_ELAPSED = Duration.ofMillis(300);
  private static final double MIN_FRACTION = 0.02;

  private EtaEstimator() {}

  /**
   * The time left, or null when nothing can be said honestly.
   *
   * @param elapsed since the attempt started
   * @param percent 0 to 100; null when unknown
   * @param past how long completed runs of the same type took, in any order
   */
  public static @Nullable Eta estimate(
      Duration elapsed, @Nullable Double percent, List<Duration> past) {
    if (percent == null) {
      return null;
    }
    var fraction = percent / 100;
    var own = ownRate(elapsed, fraction);
    var history = fromPast(elapsed, past);
    if (own == null || history == null) {
      return own == null ? history : own;
    }
    return new Eta(
        mix(own.seconds(), history.seconds(), fraction),
        mix(own.low(), history.low(), fraction),
        mix(own.high(), history.high(), fraction));
  }

  private static double mix(double own, double past, double weight) {
    return own * weight + past * (1 - weight);
  }

  private static @Nullable Eta ownRate(Duration elapsed, double fraction) {
    if (fraction < MIN_FRACTION || elapsed.compareTo(MIN_ELAPSED) < 0) {
      return null;
    }
    var left = seconds(elapsed) * (1 - fraction) / fraction;
    var band = 0.5 - 0.4 * fraction;
    return new Eta(left, left * (1 - band), left * (1 + band));
  }

  private static @Nullable Eta fromPast(Duration elapsed, List<Duration> past) {
    if (past.isEmpty()) {
      return null;
    }
    var sorted = past.stream().sorted().toList();
    var high = left(sorted, 0.75, elapsed);
    return high > 0 ? new Eta(left(sorted, 0.5, elapsed), left(sorted, 0.25, elapsed), high) : null;
  }

  private static double left(List<Duration> sorted, double quantile, Duration elapsed) {
    var index = (int) Math.round(quantile * (sorted.size() - 1));
    return Math.max(0, seconds(sorted.get(index)) - seconds(elapsed));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
