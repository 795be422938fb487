package dev.headway.core.job;

import dev.headway.core.error.Defect;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state that an attempt leaves to the next one, which goes on from it instead of beginning
 * anew.
 *
 * @param job whose attempt
 * @param attempt which one, from 1
 * @param at when it was reported
 * @param state the worker's own, any JSON
 * @param percent how far the attempt had come with it, 0 to 100; null when unknown
 * @param step the step that it was in; null without steps
 * @param done how many of {@code total} were done within the step
 * @param total how many there are
 */
public record Checkpoint(
    UUID job,
    int attempt,
    Instant at,
    Json state,
    @Nullable Double percent,
    @Nullable String step,
    @Nullable Long done,
    @Nullable Long total) {

  /** The largest state that is kept, in bytes of UTF-8. */
  public static final int MAX_BYTES = 65_536;

  /** The defect of a state that is to be kept; empty when it has none. */
  public static Optional<Defect> defect(@Nullable Json state) {
    if (state == null || state.text().length() <= MAX_BYTES / 3) { // no character has more bytes
      return Optional.empty();
    }
    var bytes = state.text().getBytes(StandardCharsets.UTF_8).length;
    return bytes <= MAX_BYTES
        ? Optional.empty()
        : Optional.of(
            Defect.ofField(
                "checkpoint",
                "checkpoint has %d bytes; at most %d are kept. Store it elsewhere and keep its address"
                    .formatted(bytes, MAX_BYTES)));
  }

  /** The state that a job's present attempt has just reported. */
  public static Checkpoint of(Job job, Json state) {
    var progress = job.progress();
    return new Checkpoint(
        job.id(),
        job.attempt(),
        job.times().updated(),
        state,
        progress.percent(),
        progress.step(),
        progress.done(),
        progress.total());
  }

  /** The progress of an attempt that goes on from here. */
  Progress begin() {
    return new Progress(percent, step, "", done, total, null, null, null);
  }
}
