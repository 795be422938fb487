package dev.headway.fpl.data;

import java.time.Duration;

/** Waits for a time; tests pass one that does not. */
@FunctionalInterface
public interface Sleeper {
  /** Returns after so long. */
  void sleep(Duration duration) throws InterruptedException;
}
