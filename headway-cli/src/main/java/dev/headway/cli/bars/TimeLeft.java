package dev.headway.cli.bars;

import dev.headway.client.job.Eta;

/** Times as people say them. */
final class TimeLeft {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private TimeLeft() {}

  /** The estimate and its interval: {@code 1m20s (1m–2m)}. */
  static String interval(Eta eta, boolean unicode) {
    var low = coarse(eta.low());
    var high = coarse(eta.high());
    var dash = unicode ? "–" : "-";
    return low.equals(high)
        ? estimate(eta)
        : "%s (%s%s%s)".formatted(estimate(eta), low, dash, high);
  }

  /** The estimate alone: {@code 1m20s}. */
  static String estimate(Eta eta) {
    return exact(Math.round(eta.seconds()));
  }

  /** A length of time in its two largest units. */
  static String exact(long seconds) {
    if (seconds < MINUTE) {
      return seconds + "s";
    }
    if (seconds < HOUR) {
      return pair(seconds, MINUTE, "m", 1, "s");
    }
    return seconds < DAY
        ? pair(seconds, HOUR, "h", MINUTE, "m")
        : pair(seconds, DAY, "d", HOUR, "h");
  }

  private static String pair(long seconds, long large, String first, long small, String second) {
    return "%d%s%02d%s".formatted(seconds / large, first, seconds % large / small, second);
  }

  private static String coarse(double exactSeconds) {
    var seconds = Math.round(exactSeconds);
    if (seconds < MINUTE) {
      return seconds + "s";
    }
    if (seconds < HOUR) {
      return Math.round(seconds / (double) MINUTE) + "m";
    }
    return exact(seconds);
  }
}
