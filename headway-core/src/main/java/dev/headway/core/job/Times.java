package dev.headway.core.job;

import java.time.Duration;
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
 * @param ready from when on a queued job may be claimed; null for at once
 */
public record Times(
    Instant created,
    @Nullable Instant started,
    Instant updated,
    @Nullable Instant completed,
    @Nullable Instant stalledSince,
    @Nullable Instant ready) {

  /** The times of a job that has just been created. */
  static Times createdAt(Instant now) {
    return new Times(now, null, now, null, null, null);
  }

  /** The same, started anew. */
  public Times startedAt(Instant now) {
    return new Times(created, now, now, null, null, null);
  }

  /** The same, waiting for a moment; one that has passed is at once. */
  Times queuedAt(Instant now, @Nullable Instant moment) {
    var later = moment != null && moment.isAfter(now) ? moment : null;
    return new Times(created, started, now, completed, null, later);
  }

  /** The same, waiting to be started again after a pause. */
  public Times requeuedAt(Instant now, Duration pause) {
    return new Times(created, null, now, null, null, pause.isZero() ? null : now.plus(pause));
  }

  /** The same with a change at {@code now}; a worker that reports is no longer stalled. */
  public Times updatedAt(Instant now) {
    return new Times(created, started, now, completed, null, ready);
  }

  /** The same with a change that says nothing of the worker. */
  public Times rolledUpAt(Instant now) {
    return new Times(created, started, now, completed, stalledSince, ready);
  }

  /** The same, silent since the last update. */
  public Times stalledAt(Instant now) {
    return new Times(created, started, updated, completed, now, ready);
  }

  /** The same, ended. */
  public Times completedAt(Instant now) {
    return new Times(created, started, now, now, null, null);
  }
}
