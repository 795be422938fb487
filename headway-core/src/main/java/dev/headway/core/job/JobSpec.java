package dev.headway.core.job;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for when a job was created. It never changes afterwards.
 *
 * @param type names the handler, or the kind of work an external worker asks for
 * @param payload the input, a JSON object
 * @param owner the id of the user who created it; null for anonymous work
 * @param queue the name under which workers claim it
 * @param priority higher is claimed first, −100 to 100
 * @param maxAttempts how often it may be started in all, from 1
 * @param timeout how long one attempt may take; null for no limit
 * @param external whether it waits for a worker outside the server
 * @param idempotencyKey the creator's own name for it, unique per owner
 * @param retryOf the ended job that this one repeats
 * @param family its place among parents and children
 * @param callbackUrl where its end is announced
 */
public record JobSpec(
    String type,
    Json payload,
    @Nullable Long owner,
    String queue,
    int priority,
    int maxAttempts,
    @Nullable Duration timeout,
    boolean external,
    @Nullable String idempotencyKey,
    @Nullable UUID retryOf,
    @Nullable Family family,
    @Nullable String callbackUrl) {

  /** The queue of jobs that name none. */
  public static final String DEFAULT_QUEUE = "default";

  /**
   * A child's place in its parent's bar.
   *
   * @param parent the parent job
   * @param weight its share relative to its siblings', above 0
   */
  public record Family(UUID parent, double weight) {}

  /** A job of one type with everything else at its default. */
  public static JobSpec of(String type, Json payload, @Nullable Long owner) {
    return new JobSpec(
        type, payload, owner, DEFAULT_QUEUE, 0, 1, null, false, null, null, null, null);
  }

  /** The same with another number of attempts. */
  public JobSpec withMaxAttempts(int attempts) {
    return new JobSpec(
        type,
        payload,
        owner,
        queue,
        priority,
        attempts,
        timeout,
        external,
        idempotencyKey,
        retryOf,
        family,
        callbackUrl);
  }

  /** The same job to be done again after {@code ended}. */
  public JobSpec retrying(UUID ended) {
    return new JobSpec(
        type,
        payload,
        owner,
        queue,
        priority,
        maxAttempts,
        timeout,
        external,
        null,
        ended,
        family,
        callbackUrl);
  }
}
