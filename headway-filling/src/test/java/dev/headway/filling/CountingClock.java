package dev.headway.filling;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on by a millisecond when looked at, which a search does once a round. */
public final class CountingClock implements InstantSource {
  private long looks;

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(looks++);
  }
}
