package dev.headway.server.limit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets something happen a number of times at once and as often again in every period, spread
 * evenly. Lock-free, thread-safe, and without allocation as long as the clock makes none.
 */
public final class TokenBucket {
  /*
   * The generic cell rate algorithm (ITU-T I.371, annex A) in its virtual scheduling form: one
   * number, the moment at which the bucket would be full again, stands for all tokens.
   */
  private final long tokenNanos;
  private final long fullNanos;
  private final InstantSource clock;
  private final AtomicLong fullAt = new AtomicLong(Long.MIN_VALUE);

  /**
   * A full bucket.
   *
   * @param capacity how many tokens it holds, from 1
   * @param period in which an empty one fills up, at least a nanosecond a token
   * @param clock what time it is, to the millisecond
   */
  public TokenBucket(int capacity, Duration period, InstantSource clock) {
    if (capacity < 1 || period.toNanos() < capacity) {
      throw new IllegalArgumentException(
          "The capacity (%d) must be from 1 and the period (%s) positive"
              .formatted(capacity, period));
    }
    this.tokenNanos = period.toNanos() / capacity;
    this.fullNanos = tokenNanos * capacity;
    this.clock = clock;
  }

  /** Takes a token; false when there is none. */
  public boolean take() {
    while (true) {
      var now = now();
      var before = fullAt.get();
      var after = Math.max(before, now) + tokenNanos;
      if (after - now > fullNanos) {
        return false;
      }
      if (fullAt.compareAndSet(before, after)) {
        return true;
      }
    }
  }

  /** Puts back a token that was taken. */
  public void putBack() {
    fullAt.addAndGet(-tokenNanos);
  }

  /** How long until a token can be taken; zero when one is there. */
  public Duration untilNext() {
    var now = now();
    var free = Math.max(fullAt.get(), now) + tokenNanos - fullNanos;
    return Duration.ofNanos(Math.max(0, free - now));
  }

  private long now() {
    return clock.millis() * 1_000_000;
  }
}
