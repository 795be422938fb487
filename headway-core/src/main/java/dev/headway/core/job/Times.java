package dev.headway.core.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times of a job's transitions.
 *
 * @param created when it was submitted
 * @param started when its present attempt was claimed
 * @param updated the last change, progress included
 * @param completed when it ended
 * @param stalledSince since when its worker has been silent for too long
 */
public record Times(
    Instant created,
    @Nullable Instant started,
    Instant updated,
    @Nullable Instant completed,
    @Nullable Instant stalledSince) {

  /** The same, started anew. */
  public Times startedAt(Instant now) {
    return new Times(created, now, now, null, null);
  }

  /** The same, waiting to be started again. */
  public Times requeuedAt(Instant now) {
    return new Times(created, null, now, null, null);
  }

  /** The same with a change at {@code now}; a worker that reports is no longer stalled. */
  public Times updatedAt(Instant now) {
    return new Times(created, started, now, completed, null);
  }

  /** The same with a change that says nothing of the worker. */
  public Times rolledUpAt(Instant now) {
    return new Times(created, started, now, completed, stalledSince);
  }

  /** The same, silent since the last update. */
  public Times stalledAt(Instant now) {
    return new Times(created, started, updated, completed, now);
  }

  /** The same, ended. */
  public Times completedAt(Instant now) {
    return new Times(created, started, now, now, null);
  }
}
