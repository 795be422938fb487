package dev.headway.filling.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as the database keeps them: microseconds since 1970. */
final class Moments {
  private Moments() {}

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
