package dev.headway.client.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as REST shows it.
 *
 * @param jobType names the kind of work
 * @param name what people call it; null for its type
 * @param priority higher is claimed first
 * @param progress percent, 0 to 100; null when unknown
 * @param stage the step it is in
 * @param message for a person
 * @param payload its input
 * @param resultPayload its result; null before the end
 * @param errorMessage why it failed
 * @param attempt from 1
 * @param eta the time left; null when unknown
 * @param owner the user's id; null for anonymous work
 * @param retryOf the ended job that this one repeats
 * @param cursor the moment that this state stands for; follow from here without a gap
 */
public record Job(
    UUID id,
    String jobType,
    @Nullable String name,
    JobStatus status,
    int priority,
    @Nullable Double progress,
    @Nullable String stage,
    @Nullable String message,
    @Nullable JsonNode payload,
    @Nullable JsonNode resultPayload,
    @Nullable String errorMessage,
    int attempt,
    @Nullable Eta eta,
    @Nullable Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant updatedAt,
    @Nullable Instant completedAt,
    @Nullable String owner,
    @Nullable UUID retryOf,
    @Nullable String cursor) {

  /** The name of its topic, for watching. */
  public String topic() {
    return "job:" + id;
  }
}
