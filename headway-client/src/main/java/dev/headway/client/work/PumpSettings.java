package dev.headway.client.work;

import dev.headway.client.time.Timing;
import java.time.Duration;

/**
 * The settings for a worker's reports.
 *
 * @param timing clock, scheduler and randomness
 * @param reportEvery the shortest time between two reports; what is said in between is joined
 * @param lines how many log lines wait at most while the server is away
 */
public record PumpSettings(Timing timing, Duration reportEvery, int lines) {
  /** Ten reports a second and 2,000 lines. */
  public static PumpSettings standard(Timing timing) {
    return new PumpSettings(timing, Duration.ofMillis(100), 2_000);
  }
}
