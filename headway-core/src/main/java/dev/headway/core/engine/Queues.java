package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.id.IdSource;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Lease;
import dev.headway.core.job.QueuePlace;
import dev.headway.core.job.QueueRule;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Queue;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.core.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The queues in which jobs wait for workers: who takes which job, by which rules, and how long it
 * may take. Several nodes read the same candidates, and the store decides who takes which. Blocks
 * on the store; safe for use by any thread.
 */
public final class Queues {
  private static final int CANDIDATES = 16;
  private static final int ROUNDS = 5;

  /* A job may be stored shortly after the moment for which it was planned. */
  private static final Duration LOOK_BACK = Duration.ofSeconds(1);

  /* A place is looked up once for all who come within this time. */
  private static final Duration PLACE = Duration.ofSeconds(1);

  /* How soon a store that could not be read is asked again. */
  private static final Duration UNREADABLE = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger(Queues.class.getName());

  private final JobStore store;
  private final InstantSource clock;
  private final IdSource ids;
  private final CheckpointWriter checkpoints;
  private final JobPublisher publisher;
  private final QueueSignal signal;
  private final BiFunction<UUID, Function<Job, Command>, Decision> decide;
  private final AtomicReference<Instant> looked;

  /**
   * @param checkpoints has what earlier attempts left
   * @param decide gives a job a command
   */
  Queues(
      JobStore store,
      InstantSource clock,
      IdSource ids,
      CheckpointWriter checkpoints,
      JobPublisher publisher,
      QueueSignal signal,
      BiFunction<UUID, Function<Job, Command>, Decision> decide) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.checkpoints = checkpoints;
    this.publisher = publisher;
    this.signal = signal;
    this.decide = decide;
    this.looked = new AtomicReference<>(clock.instant());
  }

  /** Takes the next waiting job for a worker; empty when there is none. */
  Optional<Job> claim(Waiting query, String worker, Duration length) {
    var over = false;
    try {
      var taken = taken(query, worker, length);
      over = taken.isEmpty();
      return taken;
    } finally {
      if (!over) { // there may be more, or whoever waits fares better
        signal.next(query);
      }
    }
  }

  private Optional<Job> taken(Waiting query, String worker, Duration length) {
    for (var round = 0; round < ROUNDS; round++) {
      var candidates = store.waiting(query, clock.instant(), CANDIDATES);
      for (var candidate : candidates) {
        var token = Lease.token(candidate, ids.secret());
        var taken = take(candidate, new Command.Claim(worker, token, length));
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
  void signalReady() {
    var now = clock.instant();
    if (store.readied(looked.get().minus(LOOK_BACK), now)) {
      signal.raise();
    }
    looked.set(now);
  }

  /** The queues that have a rule, or jobs that have not ended, by name. */
  public List<Queue> all() {
    return store.queues();
  }

  /** Sets the rule by which jobs of a queue begin; what it no longer holds back may be claimed. */
  public void setRule(String queue, QueueRule rule) {
    store.setRule(queue, rule);
    publisher.waiting();
  }

  /**
   * Waits for a signal that a job may have been queued, or for the next start that the rate of a
   * queue allows.
   *
   * @param query by which nothing could be claimed
   * @param seen the signals before that was found out
   * @param patience the longest wait
   * @return what is left of it; zero or less when it has passed
   * @throws InterruptedException when interrupted
   */
  public Duration await(Waiting query, long seen, Duration patience) throws InterruptedException {
    var wait = untilNextStart(query.queue(), patience);
    return patience.minus(wait).plus(signal.await(query, seen, wait));
  }

  private Duration untilNextStart(String queue, Duration patience) {
    return patience.isPositive()
        ? nextStart(queue).filter(wait -> wait.compareTo(patience) < 0).orElse(patience)
        : patience;
  }

  /* A store that cannot be read ends nobody's waiting: the next claim says what is wrong. */
  private Optional<Duration> nextStart(String queue) {
    var now = clock.instant();
    try {
      return store.nextStart(queue, now).map(next -> Duration.between(now, next));
    } catch (RuntimeException unreadable) {
      LOG.log(System.Logger.Level.DEBUG, "The next start of a queue cannot be read", unreadable);
      return Optional.of(UNREADABLE);
    }
  }

  /** A job's topic, with the job's place in its queue in the state while it waits. */
  public Topic placed(Topic topic) {
    var job = (Job) topic.state();
    var now = clock.instant();
    if (job.status() == JobStatus.QUEUED && placeIsOld(job, now)) {
      var place = QueuePlace.of(job, store.queueFacts(job, now), now);
      topic.renewed(job, job.withPlace(place));
    }
    return topic;
  }

  private static boolean placeIsOld(Job job, Instant now) {
    var place = job.place();
    return place == null || place.asOf().plus(PLACE).isBefore(now);
  }

  private Optional<Job> take(UUID candidate, Command.Claim command) {
    try {
      return decide.apply(candidate, job -> withCheckpoint(job, command))
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
  private Command withCheckpoint(Job job, Command.Claim claim) {
    return job.attempt() == 1 ? claim : claim.goingOnFrom(checkpoints.of(job.id()).orElse(null));
  }
}
