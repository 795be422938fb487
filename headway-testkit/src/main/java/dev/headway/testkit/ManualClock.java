package dev.headway.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to move. Safe for use by any thread. */
public final class ManualClock implements InstantSource {
  private volatile Instant now;

  /** A clock that shows {@code start}. */
  public ManualClock(Instant start) {
    this.now = start;
  }

  /** A clock that shows noon of the first of March 2026, UTC. */
  public static ManualClock atNoon() {
    return new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves on. */
  public synchronized void advance(Duration step) {
    now = now.plus(step);
  }
}
