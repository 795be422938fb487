package dev.headway.cli.bars;

import dev.headway.client.job.Eta;

/** Times as people say them. */
final class TimeLeft {
  private static final Unit SECOND = new Unit(1, "s");
  private static final Unit MINUTE = new Unit(60, "m");
  private static final Unit HOUR = new Unit(3_600, "h");
  private static final Unit DAY = new Unit(86_400, "d");

  private record Unit(long seconds, String letter) {}

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
    if (seconds < MINUTE.seconds()) {
      return seconds + "s";
    }
    if (seconds < HOUR.seconds()) {
      return pair(seconds, MINUTE, SECOND);
    }
    return seconds < DAY.seconds() ? pair(seconds, HOUR, MINUTE) : pair(seconds, DAY, HOUR);
  }

  private static String pair(long seconds, Unit large, Unit small) {
    return "%d%s%02d%s"
        .formatted(
            seconds / large.seconds(),
            large.letter(),
            seconds % large.seconds() / small.seconds(),
            small.letter());
  }

  private static String coarse(double exactSeconds) {
    var seconds = Math.round(exactSeconds);
    if (seconds < MINUTE.seconds()) {
      return seconds + "s";
    }
    if (seconds < HOUR.seconds()) {
      return Math.round(seconds / (double) MINUTE.seconds()) + "m";
    }
    return exact(seconds);
  }
}
