package dev.headway.bench.workload;

import dev.headway.bench.load.LoadException;
import java.time.Duration;

/** Waiting for time to pass, of which measuring consists for the most part. */
final class Pause {
  private Pause() {}

  static void of(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }
}
