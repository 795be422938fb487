package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.id.IdSource;
import dev.headway.core.job.Checkpoint;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Decision.Refusal;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lifecycle;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Milestone;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.port.Bus;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Mark;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.core.port.ProgressLedger;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves jobs: the one place where a transition is decided, stored and published, in this order.
 * Blocks on the store; safe for use by any thread.
 *
 * <p>Lock order: a job's stripe lock first, then a topic's own lock. Store calls happen under the
 * stripe lock, so that the order of commits is the order of events.
 */
public final class Jobs {
  private static final int RACES = 5;

  private final JobStore store;
  private final InstantSource clock;
  private final IdSource ids;
  private final JobRings rings;
  private final ProgressWriter progressWriter;
  private final CheckpointWriter checkpointWriter;
  private final Durations durations;
  private final QueueSignal queueSignal = new QueueSignal();
  private final JobPublisher publisher;
  private final JobTopics topics;
  private final Submissions submissions;
  private final Queues queues;
  private final Membership membership;

  /** Jobs whose reports are lost with the process until they are stored. */
  public Jobs(JobStore store, Hub hub, InstantSource clock, IdSource ids) {
    this(store, hub, clock, ids, ProgressLedger.NONE);
  }

  /** Jobs of a node that tells no other node of them. */
  public Jobs(JobStore store, Hub hub, InstantSource clock, IdSource ids, ProgressLedger ledger) {
    this(store, hub, clock, ids, ledger, Bus.NONE);
  }

  /** Jobs of a node that shares their store with no other. */
  public Jobs(
      JobStore store, Hub hub, InstantSource clock, IdSource ids, ProgressLedger ledger, Bus bus) {
    this(store, hub, clock, ids, ledger, bus, Membership.ofOne(clock));
  }

  /**
   * @param store keeps the jobs
   * @param hub publishes what happens to them
   * @param clock stamps transitions
   * @param ids names jobs and leases, and the life of a new store
   * @param ledger keeps reports until they are stored
   * @param bus tells other nodes
   * @param membership knows whether there are any
   */
  public Jobs(
      JobStore store,
      Hub hub,
      InstantSource clock,
      IdSource ids,
      ProgressLedger ledger,
      Bus bus,
      Membership membership) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.rings = new JobRings(bus);
    this.progressWriter = new ProgressWriter(store, ledger, rings);
    this.durations = new Durations(store, clock);
    this.publisher = new JobPublisher(hub, store, queueSignal, rings);
    this.membership = membership;
    var life = store.life(ids.epoch());
    this.topics = new JobTopics(store, hub, clock, life, publisher, progressWriter, membership);
    this.submissions = new Submissions(store, topics, publisher, ids);
    this.checkpointWriter = new CheckpointWriter(store, clock);
    this.queues =
        new Queues(store, clock, ids, checkpointWriter, publisher, queueSignal, this::decide);
  }

  /** Adds a listener to every job's events. */
  public void listen(JobListener listener) {
    publisher.listen(listener);
  }

  /** The queues in which jobs wait. */
  public Queues queues() {
    return queues;
  }

  /** Rings when a job has been queued. */
  public QueueSignal queueSignal() {
    return queueSignal;
  }

  /** The writer of progress that is not yet stored. */
  public ProgressWriter progressWriter() {
    return progressWriter;
  }

  /** The checkpoint that earlier attempts of a job left to the next one, if they left any. */
  public Optional<Checkpoint> checkpoint(UUID id) {
    return checkpointWriter.of(id);
  }

  /** Stores the checkpoints that are due; returns how many. Called again and again. */
  public int storeCheckpoints() {
    return checkpointWriter.flush();
  }

  /** Stores what is not yet stored of progress and checkpoints, before the process ends. */
  public void storeAll() {
    progressWriter.flush();
    checkpointWriter.flushAll();
  }

  /** The next identifier for a job, for callers who must name it before submitting it. */
  public UUID nextId() {
    return ids.uuid();
  }

  /**
   * Creates a job and offers it to workers.
   *
   * @param id a new identifier, from {@link #nextId()}
   * @param steps the names of its plan's steps, empty when unknown
   * @throws HeadwayException CONFLICT when the idempotency key stands for another request
   */
  public Submission submit(UUID id, JobSpec spec, List<String> steps) {
    return submit(new NewJob(id, spec, steps));
  }

  /**
   * Creates a job.
   *
   * @throws HeadwayException CONFLICT when the idempotency key stands for another request
   */
  public Submission submit(NewJob job) {
    return submit(List.of(job)).getFirst();
  }

  /**
   * Creates jobs, all of them or none, in this order.
   *
   * @throws HeadwayException CONFLICT when an idempotency key stands for another request
   */
  public List<Submission> submit(List<NewJob> jobs) {
    membership.requireFit();
    return submissions.submit(jobs, now());
  }

  /* Moments are stored to the microsecond, and shown as they are stored. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The job as it is now, with progress that may not be stored yet; empty when there is none. */
  public Optional<Job> find(UUID id) {
    return topics.find(id);
  }

  /** A stored job as it is shown in a list: as new as memory knows it, its time left as old. */
  public Job shown(Job stored) {
    return topics.newest(stored).shownAt(clock.instant());
  }

  /**
   * The owner of a job, which never changes; null for anonymous work. Costs no read while the job
   * is in memory.
   *
   * @throws HeadwayException NOT_FOUND when there is no such job
   */
  public @Nullable Long owner(UUID id) {
    return topics.known(id).spec().owner();
  }

  /**
   * A job together with the cursor that its state stands for, both of one moment; empty when there
   * is none. Whatever is shown with a cursor comes from here or from {@link #topic}.
   */
  public Optional<JobSnapshot> read(UUID id) {
    try {
      return Optional.of(JobSnapshot.of(queues.placed(topic(id))));
    } catch (HeadwayException absent) {
      if (absent.code() != ErrorCode.NOT_FOUND) {
        throw absent;
      }
      return Optional.empty();
    }
  }

  /**
   * The job's topic, loaded if need be and not behind the store: another node may have shown a
   * watcher more a moment ago. Waits for a transition that is under way, so that a watcher cannot
   * come between its being stored and its being published and see it twice.
   *
   * @throws HeadwayException NOT_FOUND when there is no such job; UNAVAILABLE when other nodes may
   *     have shown more of it
   */
  public Topic topic(UUID id) {
    return topics.current(id);
  }

  /** The topics of jobs. */
  JobTopics topics() {
    return topics;
  }

  /**
   * Compares the jobs with the store of which a write failed, and which may have been written all
   * the same; returns how many had been. Those that cannot be read stay for the next time.
   */
  public int settle() {
    return topics.settle();
  }

  /**
   * Gives a job a command and returns it as it is afterwards.
   *
   * @throws HeadwayException NOT_FOUND, or the code of the refusal
   */
  public Job apply(UUID id, Command command) {
    return applied(id, decide(id, command));
  }

  private Job applied(UUID id, Decision decision) {
    return switch (decision) {
      case Decision.Accepted accepted -> accepted.next();
      case Decision.Refused(var reason) -> throw reason.exception((Job) topic(id).state());
    };
  }

  /**
   * Gives a job a command; what is accepted has been stored and published on return.
   *
   * @throws HeadwayException NOT_FOUND when there is no such job
   */
  public Decision decide(UUID id, Command command) {
    return decide(id, _ -> command);
  }

  /**
   * Gives a job a command without loading its topic for long if it is not in memory: for a caller
   * that goes through many jobs, whose payloads need not stay.
   *
   * @throws HeadwayException NOT_FOUND when there is no such job
   */
  Decision decideInPassing(UUID id, Command command) {
    var lock = topics.lock(id);
    lock.lock();
    try {
      return decide(topics.passing(id), _ -> command);
    } finally {
      lock.unlock();
    }
  }

  private Decision decide(UUID id, Function<Job, Command> command) {
    var lock = topics.lock(id);
    lock.lock();
    try {
      return decide(topics.opened(id), command);
    } finally {
      lock.unlock();
    }
  }

  private Decision decide(Topic topic, Function<Job, Command> command) {
    membership.requireFit();
    if (!topics.comparedLately()) {
      topics.catchUp(topic, topics.stored(((Job) topic.state()).id()));
    }
    for (var race = 0; race < RACES; race++) {
      var before = (Job) topic.state();
      var now = now();
      var decision = Lifecycle.decide(before, command.apply(before), now);
      switch (decision) {
        case Decision.Refused(var reason) -> {
          if (reason == Refusal.NOT_DUE
              || before.ended()
              || !topics.catchUp(topic, topics.stored(before.id()))) {
            return decision;
          }
        }
        case Decision.Accepted accepted -> {
          if (store(before, accepted, now)) {
            publisher.publish(topic, before, accepted, now);
            return decision;
          }
          var stored = topics.stored(before.id());
          if (begins(before, accepted.next()) && !Mark.of(stored).aheadOf(before)) {
            return new Decision.Refused(Refusal.HELD_BACK);
          }
          topics.publishMissed(topic, stored);
        }
      }
    }
    throw new HeadwayException(ErrorCode.UNAVAILABLE, "The job is changing too fast; try again");
  }

  private boolean store(Job before, Decision.Accepted accepted, Instant at) {
    if (accepted.next().equals(before)) { // a repetition, which changes nothing
      return true;
    }
    if (!accepted.milestone(before)) {
      return storeProgress(accepted);
    }
    if (accepted.next().attempt() > before.attempt()) {
      checkpointWriter.settle(before.id()); // before another node can begin the next attempt
    }
    var written = write(before, accepted.next(), accepted.milestones(at));
    if (written) {
      progressWriter.drop(accepted.next());
      if (accepted.next().ended()) {
        checkpointWriter.drop(before.id());
      }
    }
    return written;
  }

  /* Nobody sees a lease that was renewed, and nobody sees anything elsewhere while there is none. */
  private boolean storeProgress(Decision.Accepted accepted) {
    if (accepted.events().isEmpty() || membership.alone()) {
      progressWriter.add(accepted.next());
      return true;
    }
    try {
      return progressWriter.store(accepted.next());
    } catch (RuntimeException failure) { // as below
      topics.unsettled(accepted.next().id());
      throw failure;
    }
  }

  private static boolean begins(Job before, Job next) {
    return before.status() == JobStatus.QUEUED && next.status() == JobStatus.IN_PROGRESS;
  }

  private boolean write(Job before, Job next, List<Milestone> milestones) {
    try {
      return begins(before, next)
          ? store.claim(next, before.version(), milestones)
          : store.update(next, before.version(), milestones);
    } catch (RuntimeException failure) { // the answer may be lost of what was committed
      topics.unsettled(next.id());
      throw failure;
    }
  }

  /**
   * Records how far an attempt has come.
   *
   * @param fence the worker's lease token
   * @throws HeadwayException VALIDATION_ERROR with everything wrong with the report, NOT_FOUND,
   *     LEASE_LOST or TOO_LATE
   */
  public Job report(UUID id, String fence, ProgressReport report) {
    return report(id, fence, report, null);
  }

  /**
   * Records how far an attempt has come, and the state that the next one would go on from.
   *
   * @throws HeadwayException as without a state
   */
  public Job report(UUID id, String fence, ProgressReport report, @Nullable Json state) {
    var defects = report.defects();
    Checkpoint.defect(state).ifPresent(defects::add);
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    var lock = topics.lock(id);
    lock.lock();
    try {
      var job =
          applied(
              id, decide(topics.opened(id), before -> durations.command(before, fence, report)));
      if (state != null) {
        checkpointWriter.add(Checkpoint.of(job, state));
      }
      return job;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next waiting job for a worker; empty when there is none.
   *
   * @param length how long the lease lasts without a report
   */
  public Optional<Job> claim(Waiting query, String worker, Duration length) {
    return queues.claim(query, worker, length);
  }

  /**
   * Adds lines to a job's log and shows them to those who ask for logs.
   *
   * @param stream {@code stdout}, {@code stderr} or {@code log}, or the name of an output
   * @return the number of the log's last line
   * @throws HeadwayException NOT_FOUND, or TOO_LATE because nothing follows a job's end
   */
  public long log(UUID id, String stream, List<String> texts) {
    var lock = topics.lock(id);
    lock.lock();
    try {
      var topic = topics.opened(id);
      var added = LogLine.all(now(), stream, texts);
      if (added.isEmpty()) { // an output without text
        return ((Job) topic.state()).position().line();
      }
      var lines = append(id, added);
      if (lines.isEmpty()) { // for no job or an ended one
        topics.catchUp(topic, topics.stored(id));
        throw Refusal.ENDED.exception((Job) topic.state());
      }
      publisher.publishStored(topic, lines, membership.shared());
      rings.stored((Job) topic.state());
      return lines.getLast().number();
    } finally {
      lock.unlock();
    }
  }

  private List<LogLine> append(UUID id, List<LogLine> lines) {
    try {
      return store.appendLog(id, lines);
    } catch (RuntimeException failure) { // as of other writes
      topics.unsettled(id);
      throw failure;
    }
  }

  /**
   * Removes an ended job and closes its watchers.
   *
   * @throws HeadwayException NOT_FOUND, or CONFLICT while it has not ended
   */
  public void delete(UUID id) {
    var lock = topics.lock(id);
    lock.lock();
    try {
      var job = find(id).orElseThrow(() -> HeadwayException.notFound("Job"));
      if (!job.ended()) {
        throw new HeadwayException(
            ErrorCode.CONFLICT, "The job has not ended; cancel it before deleting it");
      }
      store.delete(id);
      topics.remove(id);
      rings.stored(job);
      publisher.deleted(job);
    } finally {
      lock.unlock();
    }
  }
}
