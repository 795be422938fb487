package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.id.IdSource;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Waiting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Hands waiting jobs to workers. Several nodes read the same candidates, and the store decides who
 * takes which. Safe for use by any thread.
 */
final class Claims {
  private static final int CANDIDATES = 16;
  private static final int ROUNDS = 5;

  private final JobStore store;
  private final InstantSource clock;
  private final IdSource ids;
  private final BiFunction<UUID, Command, Decision> decide;

  /**
   * @param decide gives a job a command
   */
  Claims(
      JobStore store,
      InstantSource clock,
      IdSource ids,
      BiFunction<UUID, Command, Decision> decide) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.decide = decide;
  }

  /** Takes the next waiting job for a worker; empty when there is none. */
  Optional<Job> claim(Waiting query, String worker, Duration length) {
    for (var round = 0; round < ROUNDS; round++) {
      var candidates = store.waiting(query, clock.instant(), CANDIDATES);
      for (var candidate : candidates) {
        var taken = taken(candidate, new Command.Claim(worker, ids.secret(), length));
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

  private Optional<Job> taken(UUID candidate, Command.Claim command) {
    try {
      return decide.apply(candidate, command) instanceof Decision.Accepted accepted
          ? Optional.of(accepted.next())
          : Optional.empty();
    } catch (HeadwayException refused) {
      if (refused.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty(); // cancelled and deleted since it was looked for
      }
      throw refused;
    }
  }
}
