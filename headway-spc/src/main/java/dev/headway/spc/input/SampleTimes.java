package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The times of samples that are accepted.
 *
 * @param tolerance how far ahead of the server's clock a sample may be
 * @param late how long before the newest sample one may have been taken
 */
public record SampleTimes(
    @Setting(
            name = "spc.clock-tolerance",
            preset = "300",
            min = 0,
            max = 86_400,
            text =
                "How many seconds a sample's time may lie ahead of the server's clock; one further"
                    + " ahead is refused.")
        Duration tolerance,
    @Setting(
            name = "spc.late",
            preset = "30",
            min = 0,
            max = 36_500,
            unit = ChronoUnit.DAYS,
            text =
                "How many days before the newest sample of its characteristic a late one may have"
                    + " been taken.")
        Duration late) {
  /** 5 minutes ahead, and 30 days late. */
  public static final SampleTimes DEFAULT = SettingTree.defaults(SampleTimes.class);

  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  /**
   * The defect of a sample's time, or null.
   *
   * @param newest when the newest sample of the characteristic was taken; null while there is none
   * @param now the server's clock
   */
  public @Nullable Defect defect(Instant timestamp, @Nullable Instant newest, Instant now) {
    if (timestamp.isBefore(EARLIEST)) {
      return defect(timestamp + " must not be before the year 1900");
    }
    if (timestamp.isAfter(now.plus(tolerance))) {
      return defect(
          "%s lies in the future: it is %s here; check the clock of the sender"
              .formatted(timestamp, now));
    }
    if (newest != null && timestamp.isBefore(newest.minus(late))) {
      return defect(
          "%s is more than %d days before the newest sample at %s (spc.late)"
              .formatted(timestamp, late.toDays(), newest));
    }
    return null;
  }

  private static Defect defect(String message) {
    return Defect.ofField("timestamp", message);
  }
}
