package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.id.IdSource;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.Lease;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Hands waiting jobs to workers. Several nodes read the same candidates, and the store decides who
 * takes which. Safe for use by any thread.
 */
final class Claims {
  private static final int CANDIDATES = 16;
  private static final int ROUNDS = 5;

  /* A job may be stored shortly after the moment for which it was planned. */
  private static final Duration LOOK_BACK = Duration.ofSeconds(1);

  private final JobStore store;
  private final InstantSource clock;
  private final IdSource ids;
  private final CheckpointWriter checkpoints;
  private final BiFunction<UUID, Function<Job, Command>, Decision> decide;
  private final AtomicReference<Instant> looked;

  /**
   * @param checkpoints has what earlier attempts left
   * @param decide gives a job a command
   */
  Claims(
      JobStore store,
      InstantSource clock,
      IdSource ids,
      CheckpointWriter checkpoints,
      BiFunction<UUID, Function<Job, Command>, Decision> decide) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.checkpoints = checkpoints;
    this.decide = decide;
    this.looked = new AtomicReference<>(clock.instant());
  }

  /** Takes the next waiting job for a worker; empty when there is none. */
  Optional<Job> claim(Waiting query, String worker, Duration length) {
    for (var round = 0; round < ROUNDS; round++) {
      var candidates = store.waiting(query, clock.instant(), CANDIDATES);
      for (var candidate : candidates) {
        var token = Lease.token(candidate, ids.secret());
        var taken = taken(candidate, new Command.Claim(worker, token, length));
        if (taken.isPresent()) {
          return taken;
        }
      }
      if (candidates.size() < CANDIDATES) {
        break; // others took all that there were
      }
    }
    return Optional.empty();
  }

  /**
   * Wakes waiting workers if, since the last call, the moment of a job has come: of its run_at, or
   * the end of its pause. The store knows them all, those from before a restart, too.
   */
  void signalReady(QueueSignal signal) {
    var now = clock.instant();
    if (store.readied(looked.get().minus(LOOK_BACK), now)) {
      signal.raise();
    }
    looked.set(now);
  }

  private Optional<Job> taken(UUID candidate, Command.Claim command) {
    try {
      return decide.apply(candidate, job -> goingOn(job, command))
              instanceof Decision.Accepted accepted
          ? Optional.of(accepted.next())
          : Optional.empty();
    } catch (HeadwayException refused) {
      if (refused.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty(); // cancelled and deleted since it was looked for
      }
      throw refused;
    }
  }

  /** The beginning of an attempt, from where an earlier one left off. */
  private Command goingOn(Job job, Command.Claim claim) {
    return job.attempt() == 1 ? claim : claim.goingOnFrom(checkpoints.of(job.id()).orElse(null));
  }
}
