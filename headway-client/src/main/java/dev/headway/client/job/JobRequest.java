package dev.headway.client.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job to be submitted: {@code JobRequest.of("resize").payload(Map.of("file", "a.png"))}. What is
 * null is left to the server.
 *
 * @param jobType names the kind of work
 * @param payload its input; anything that JSON can write as an object
 * @param queue where workers claim it
 * @param priority −100 to 100, higher is claimed first
 * @param maxAttempts how often it may be started in all, from 1
 * @param timeoutSeconds how long an attempt may take
 * @param idempotencyKey the caller's own name for it; submitting twice makes one job
 * @param external whether it waits for a worker outside the server
 * @param steps the names of an external job's steps
 * @param parentId the job whose bar it is part of
 * @param weight its share of the parent's bar, above 0
 * @param callbackUrl where its end is announced
 */
public record JobRequest(
    String jobType,
    @Nullable Object payload,
    @Nullable String queue,
    @Nullable Integer priority,
    @Nullable Integer maxAttempts,
    @Nullable Double timeoutSeconds,
    @Nullable String idempotencyKey,
    boolean external,
    @Nullable List<String> steps,
    @Nullable UUID parentId,
    @Nullable Double weight,
    @Nullable String callbackUrl) {

  /** A job that a handler inside the server does. */
  public static JobRequest of(String jobType) {
    return new JobRequest(
        jobType, Map.of(), null, null, null, null, null, false, null, null, null, null);
  }

  /** A job that waits for a worker. */
  public static JobRequest external(String jobType) {
    return new JobRequest(
        jobType, Map.of(), null, null, null, null, null, true, null, null, null, null);
  }

  /** With this input. */
  public JobRequest payload(Object input) {
    return new JobRequest(
        jobType,
        input,
        queue,
        priority,
        maxAttempts,
        timeoutSeconds,
        idempotencyKey,
        external,
        steps,
        parentId,
        weight,
        callbackUrl);
  }

  /** In this queue. */
  public JobRequest queue(@Nullable String name) {
    return new JobRequest(
        jobType,
        payload,
        name,
        priority,
        maxAttempts,
        timeoutSeconds,
        idempotencyKey,
        external,
        steps,
        parentId,
        weight,
        callbackUrl);
  }

  /** With this priority. */
  public JobRequest priority(@Nullable Integer level) {
    return new JobRequest(
        jobType,
        payload,
        queue,
        level,
        maxAttempts,
        timeoutSeconds,
        idempotencyKey,
        external,
        steps,
        parentId,
        weight,
        callbackUrl);
  }

  /** Started at most so often. */
  public JobRequest maxAttempts(@Nullable Integer attempts) {
    return new JobRequest(
        jobType,
        payload,
        queue,
        priority,
        attempts,
        timeoutSeconds,
        idempotencyKey,
        external,
        steps,
        parentId,
        weight,
        callbackUrl);
  }

  /** Each attempt ended after so long. */
  public JobRequest timeout(@Nullable Duration limit) {
    var seconds = limit == null ? null : Double.valueOf(limit.toMillis() / 1000.0);
    return new JobRequest(
        jobType,
        payload,
        queue,
        priority,
        maxAttempts,
        seconds,
        idempotencyKey,
        external,
        steps,
        parentId,
        weight,
        callbackUrl);
  }

  /** Under the caller's own name. */
  public JobRequest idempotencyKey(@Nullable String key) {
    return new JobRequest(
        jobType,
        payload,
        queue,
        priority,
        maxAttempts,
        timeoutSeconds,
        key,
        external,
        steps,
        parentId,
        weight,
        callbackUrl);
  }

  /** With these steps. */
  public JobRequest steps(List<String> names) {
    return new JobRequest(
        jobType,
        payload,
        queue,
        priority,
        maxAttempts,
        timeoutSeconds,
        idempotencyKey,
        external,
        List.copyOf(names),
        parentId,
        weight,
        callbackUrl);
  }

  /** As part of another job. */
  public JobRequest childOf(UUID parent, double share) {
    return new JobRequest(
        jobType,
        payload,
        queue,
        priority,
        maxAttempts,
        timeoutSeconds,
        idempotencyKey,
        external,
        steps,
        parent,
        share,
        callbackUrl);
  }

  /** With its end announced to an address. */
  public JobRequest callback(@Nullable String url) {
    return new JobRequest(
        jobType,
        payload,
        queue,
        priority,
        maxAttempts,
        timeoutSeconds,
        idempotencyKey,
        external,
        steps,
        parentId,
        weight,
        url);
  }
}
