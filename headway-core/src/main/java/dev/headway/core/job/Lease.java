package dev.headway.core.job;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A worker's right to work on one attempt. The token is the fence: a report that carries another
 * one comes from a worker that has lost the job.
 *
 * @param token unguessable, new for each claim; one of {@link #token(UUID, String)} names its job
 * @param worker who holds it
 * @param length how long it lasts after each report
 * @param expiresAt when it is lost unless the worker reports before
 * @param confirmed whether the worker has given a sign of life under it
 */
public record Lease(
    String token, String worker, Duration length, Instant expiresAt, boolean confirmed) {
  private static final int ID_BYTES = 16;

  /** The characters of an id in a token. */
  private static final int ID_LENGTH = 22;

  /**
   * The token of a lease of a job, so that a report under it need not name the job besides.
   *
   * @param secret unguessable, new for each claim
   */
  public static String token(UUID job, String secret) {
    var id = ByteBuffer.allocate(ID_BYTES);
    id.putLong(job.getMostSignificantBits()).putLong(job.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id.array()) + "." + secret;
  }

  /** The job that a token names; empty for anything else. */
  public static Optional<UUID> jobOf(String token) {
    if (token.length() <= ID_LENGTH || token.charAt(ID_LENGTH) != '.') {
      return Optional.empty();
    }
    try {
      var id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token.substring(0, ID_LENGTH)));
      return Optional.of(new UUID(id.getLong(), id.getLong()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

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
