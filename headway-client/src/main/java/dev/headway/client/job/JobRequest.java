package dev.headway.client.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A job to be submitted: {@code JobRequest.of("resize").payload(Map.of("file", "a.png"))}. What is
 * not said, or said to be null, is left to the server. Immutable: each method answers with a new
 * request.
 *
 * @param members what is sent, by the names of the API
 */
public record JobRequest(@JsonValue Map<String, Object> members) {
  /** Copies the members. */
  public JobRequest {
    members = Map.copyOf(members);
  }

  /** The job's type. */
  public String type() {
    return Objects.requireNonNull(members.get("job_type")).toString();
  }

  /** A job that a handler inside the server does. */
  public static JobRequest of(String jobType) {
    return new JobRequest(Map.of("job_type", jobType, "payload", Map.of()));
  }

  /** A job that waits for a worker. */
  public static JobRequest external(String jobType) {
    return of(jobType).with("external", true);
  }

  /** With this input: anything that JSON can write as an object. */
  public JobRequest payload(Object input) {
    return with("payload", input);
  }

  /** In the queue of this name, where workers claim it. */
  public JobRequest queue(@Nullable String name) {
    return with("queue", name);
  }

  /** With this priority: −100 to 100, higher is claimed first. */
  public JobRequest priority(@Nullable Integer level) {
    return with("priority", level);
  }

  /** Called so by people, in place of its type. */
  public JobRequest name(@Nullable String words) {
    return with("name", words);
  }

  /** With so many leases lost, because a worker died, until it fails; they are no attempts. */
  public JobRequest maxLost(@Nullable Integer leases) {
    return with("max_lost", leases);
  }

  /**
   * Tried again after such pauses; exact to the millisecond.
   *
   * @param first after the first failure
   * @param factor how much longer each is than the one before, from 1
   * @param longest the longest
   */
  public JobRequest retry(Duration first, double factor, Duration longest) {
    return with(
        "retry",
        Map.of(
            "first_seconds",
            first.toMillis() / 1000.0,
            "factor",
            factor,
            "max_seconds",
            longest.toMillis() / 1000.0));
  }

  /** Begun at most so often until a failure is final, from 1. */
  public JobRequest maxAttempts(@Nullable Integer attempts) {
    return with("max_attempts", attempts);
  }

  /** Each attempt ended after so long; exact to the millisecond. */
  public JobRequest timeout(@Nullable Duration limit) {
    return with("timeout_seconds", limit == null ? null : limit.toMillis() / 1000.0);
  }

  /** Under the caller's own name: submitting twice makes one job. */
  public JobRequest idempotencyKey(@Nullable String key) {
    return with("idempotency_key", key);
  }

  /** Begun no earlier than at this moment, at most ten years ahead. */
  public JobRequest runAt(@Nullable Instant moment) {
    return with("run_at", moment == null ? null : moment.toString());
  }

  /**
   * With at most so many of the caller's jobs running at once under a key, whatever their queues.
   *
   * @param name the caller's own name for it, at most 200 characters
   * @param limit from 1
   */
  public JobRequest key(String name, int limit) {
    return with("key", Map.of("name", name, "limit", limit));
  }

  /** With steps of these names, whose shares of the bar are equal, when it is external. */
  public JobRequest steps(List<String> names) {
    return with("steps", Step.declared(Step.equal(names)));
  }

  /** With these steps, when it is external: what is counted in one fills its share of the bar. */
  public JobRequest steps(Step... steps) {
    return with("steps", Step.declared(List.of(steps)));
  }

  /** As part of another job, with a share of its bar; 0 does not move it. */
  public JobRequest childOf(UUID parent, double share) {
    return with("parent_id", parent).with("weight", share);
  }

  /** Not cancelled when its parent ends before it. */
  public JobRequest outlivingParent() {
    return with("on_parent_end", "continue");
  }

  /** With the caller's own words for finding it, at most 20. */
  public JobRequest tags(List<String> words) {
    return with("tags", List.copyOf(words));
  }

  /** With its end announced to an address. */
  public JobRequest callback(@Nullable String url) {
    return with("callback_url", url);
  }

  /** With further words for finding it, in front of the others; each of them once. */
  public JobRequest moreTags(List<String> words) {
    var before = members.get("tags") instanceof List<?> tags ? tags.stream() : Stream.empty();
    return tags(Stream.concat(words.stream(), before.map(Object::toString)).distinct().toList());
  }

  private JobRequest with(String name, @Nullable Object value) {
    var changed = new LinkedHashMap<>(members);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new JobRequest(changed);
  }
}
