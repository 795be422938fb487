package dev.headway.core.id;

import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Identifiers from a clock and a generator of random numbers. Give it a {@link
 * java.security.SecureRandom} in production; a seeded generator makes tests repeatable.
 */
public final class RandomIds implements IdSource {
  private final InstantSource clock;
  private final RandomGenerator random;
  private long lastMillis;
  private int sequence;

  /** Identifiers stamped by {@code clock} and filled from {@code random}. */
  public RandomIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /*
   * The 12 bits after the version count up within a millisecond (RFC 9562, section 6.2, method 1),
   * so that ids made here sort in the order they were made.
   */
  @Override
  public synchronized UUID uuid() {
    var now = Math.max(clock.millis(), lastMillis);
    if (now == lastMillis) {
      sequence++;
      if (sequence > 0xFFF) {
        now++;
        sequence = 0;
      }
    } else {
      sequence = random.nextInt(0x400);
    }
    lastMillis = now;
    var high = (now << 16) | 0x7000L | sequence;
    var low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  @Override
  public synchronized String epoch() {
    return Long.toUnsignedString(random.nextLong() >>> 12, 36);
  }

  @Override
  public synchronized String secret() {
    var bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
