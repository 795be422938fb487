package dev.headway.core.job;

import java.time.Duration;
import java.time.Instant;

/**
 * A worker's right to work on one attempt. The token is the fence: a report that carries another
 * one comes from a worker that has lost the job.
 *
 * @param token unguessable, new for each claim
 * @param worker who holds it
 * @param length how long it lasts after each report
 * @param expiresAt when it is lost unless the worker reports before
 * @param confirmed whether the worker has given a sign of life under it
 */
public record Lease(
    String token, String worker, Duration length, Instant expiresAt, boolean confirmed) {
  /** The same lease, running from {@code now} again by a sign of life of its worker. */
  public Lease renewed(Instant now) {
    return new Lease(token, worker, length, now.plus(length), true);
  }

  /** The same lease, running from {@code now} again because the server could not hear before. */
  public Lease rearmed(Instant now) {
    return new Lease(token, worker, length, now.plus(length), confirmed);
  }

  /** The same lease with another end. */
  Lease endingAt(Instant end) {
    return new Lease(token, worker, length, end, confirmed);
  }

  /** From when on a silent worker is shown as stalled: half way to the end of the lease. */
  public Instant stallsAt() {
    return expiresAt.minus(length.dividedBy(2));
  }
}
