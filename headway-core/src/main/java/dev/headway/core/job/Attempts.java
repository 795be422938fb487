package dev.headway.core.job;

/**
 * The number of times that a job may be started. Dying is not failing: a lease that is lost does
 * not use up an attempt, but has a bound of its own, as BullMQ's stalled count and Temporal's
 * heartbeat time-outs have.
 *
 * @param most how often the work may be begun until it fails for good, from 1
 * @param lost how many leases may be lost on the way, from 0
 * @param pause how long a failed job waits until it is tried again
 */
public record Attempts(int most, int lost, RetryPause pause) {
  /** The number of leases that a job may lose unless it says otherwise. */
  public static final int LOST = 3;

  /** One attempt of an external worker. */
  public static final Attempts DEFAULT = new Attempts(1, LOST, RetryPause.DEFAULT);

  /** Work of the server's own that may be begun so often in all, whatever ends it. */
  public static Attempts of(int most) {
    return new Attempts(most, most - 1, RetryPause.DEFAULT);
  }
}
