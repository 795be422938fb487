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
 * the attempt began elsewhere than past runs do. The two are mixed with weight f for the attempt
 * itself: early on the past knows better, later the attempt does. The interval spans the quartiles
 * of the past and a band around the rate that narrows from ±50 % to ±10 % as f grows. An attempt
 * that outlasts the upper quartile of the past learns nothing from it. Pure and thread-safe.
 */
public final class EtaEstimator {
  private static final Duration MIN_ELAPSED = Duration.ofMillis(300);
  private static final double MIN_GAIN = 2;
  private static final double MAX_BEGIN_OF_PAST = 10;

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
    return new Eta(
        mix(own.seconds(), history.seconds(), fraction),
        mix(own.low(), history.low(), fraction),
        mix(own.high(), history.high(), fraction));
  }

  private static double mix(double own, double past, double weight) {
    return own * weight + past * (1 - weight);
  }

  private static @Nullable Eta ownRate(Pace pace, double percent, double fraction) {
    if (percent - pace.from() < MIN_GAIN || pace.moving().compareTo(MIN_ELAPSED) < 0) {
      return null;
    }
    var left = seconds(pace.moving()) * (1 - fraction) / fraction;
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
