package dev.headway.core.engine;

import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Mark;
import dev.headway.core.port.ProgressLedger;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * The topics of jobs, which follow the store: what other nodes have done to a job, and what was
 * written although the answer was lost, is published before a watcher is shown or a command decided
 * by less. Blocks on the store; safe for use by any thread.
 */
final class JobTopics {
  /** How long what was compared with the store counts as the newest. */
  private static final Duration COMPARED = Duration.ofSeconds(1);

  private final JobStore store;
  private final Hub hub;
  private final InstantSource clock;
  private final JobLog log;
  private final JobPublisher publisher;
  private final ProgressWriter progressWriter;
  private final Membership membership;
  private final StripedLocks locks = new StripedLocks();
  private final UnsettledJobs unsettled = new UnsettledJobs();
  private final Comparisons comparisons = new Comparisons();
  private volatile Instant compared = Instant.MAX; // nobody else changes jobs, unless told so

  /**
   * Topics without a job in memory.
   *
   * @param life the name of the installation's life, in every cursor
   * @param publisher publishes what is stored of a job and not in memory
   * @param progressWriter has the progress that is not yet stored
   * @param membership knows whether other nodes change jobs
   */
  JobTopics(
      JobStore store,
      Hub hub,
      InstantSource clock,
      String life,
      JobPublisher publisher,
      ProgressWriter progressWriter,
      Membership membership) {
    this.store = store;
    this.hub = hub;
    this.clock = clock;
    this.log = new JobLog(store, life, this::catchUp);
    this.publisher = publisher;
    this.progressWriter = progressWriter;
    this.membership = membership;
  }

  /** The name of the installation's life, in every cursor. */
  String life() {
    return log.life();
  }

  /** The lock of a job, taken before its topic's own. */
  Lock lock(UUID id) {
    return locks.of(id);
  }

  /** The job as it is now, with progress that may not be stored yet; empty when there is none. */
  Optional<Job> find(UUID id) {
    var live = hub.live(TopicName.ofJob(id));
    return live.isPresent() && !mayBeBehind(live.get())
        ? Optional.of((Job) live.get().state())
        : store.find(id).map(this::newest);
  }

  /** The newer of a stored job and the same job in memory. */
  Job newest(Job stored) {
    return hub.live(TopicName.ofJob(stored.id()))
        .map(topic -> (Job) topic.state())
        .filter(known -> !Mark.of(stored).newerThan(known))
        .orElse(stored);
  }

  /**
   * The job as memory has it, else as it is stored: for what never changes.
   *
   * @throws HeadwayException NOT_FOUND when there is no such job
   */
  Job known(UUID id) {
    return hub.live(TopicName.ofJob(id))
        .map(topic -> (Job) topic.state())
        .orElseGet(() -> stored(id));
  }

  /**
   * The job's topic, loaded if need be and not behind the store: another node may have shown a
   * watcher more a moment ago. Waits for a transition that is under way, so that a watcher cannot
   * come between its being stored and its being published and see it twice.
   *
   * @throws HeadwayException NOT_FOUND when there is no such job; UNAVAILABLE when other nodes may
   *     have shown more of it
   */
  Topic current(UUID id) {
    membership.requireSettled();
    var asked = comparisons.moment();
    var lock = locks.of(id);
    lock.lock();
    try {
      hub.live(TopicName.ofJob(id))
          .filter(topic -> mayBeBehind(topic) || !(topic.state().ended() || membership.alone()))
          .ifPresent(
              topic -> comparisons.compare(lock, id, asked, () -> catchUp(topic, stored(id))));
      return opened(id);
    } finally {
      lock.unlock();
    }
  }

  /** The job's topic, loaded if need be. */
  Topic opened(UUID id) {
    return opened(id, () -> stored(id));
  }

  /** The job's topic, made from a state where it is not in memory. */
  Topic opened(UUID id, Supplier<Job> state) {
    return hub.open(TopicName.ofJob(id), log, state);
  }

  /** The job's topic, which does not stay if it is not in memory. */
  Topic passing(UUID id) {
    return hub.passing(TopicName.ofJob(id), log, () -> stored(id));
  }

  /** Closes the job's topic: there is no such job. */
  void remove(UUID id) {
    hub.remove(TopicName.ofJob(id));
  }

  /*
   * Nothing follows the store for a topic without watchers, and the answer to a write may have been
   * lost: what memory holds is then compared with what is stored.
   */
  private boolean mayBeBehind(Topic topic) {
    var job = (Job) topic.state();
    return !job.ended() && (!topic.watched() || !comparedLately() || unsettled.contains(job.id()));
  }

  /** Publishes what is stored of a job and not in memory. */
  void publishMissed(Topic topic, Job stored) {
    var present = publisher.publishMissed(topic, stored);
    if (present.ended() || present.equals(stored)) {
      progressWriter.drop(stored);
    } else {
      progressWriter.add(present);
    }
  }

  /**
   * Publishes what another node that shares the store has done to a job that is in memory here.
   *
   * @return whether there was anything
   */
  boolean catchUp(UUID id) {
    var lock = locks.of(id);
    lock.lock();
    try {
      var live = hub.live(TopicName.ofJob(id));
      if (live.isEmpty() || ((Job) live.get().state()).ended()) {
        return false;
      }
      var stored = store.find(id);
      if (stored.isEmpty()) {
        remove(id);
      }
      return stored.map(job -> catchUp(live.get(), job)).orElse(true);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Publishes a report that another node has taken and not yet stored, where its job is in memory
   * here; what led to it is read first.
   */
  void publish(ProgressLedger.Entry report) {
    var lock = locks.of(report.job());
    lock.lock();
    try {
      hub.live(TopicName.ofJob(report.job())).ifPresent(topic -> publish(topic, report));
    } finally {
      lock.unlock();
    }
  }

  private void publish(Topic topic, ProgressLedger.Entry report) {
    if (((Job) topic.state()).version() < report.version()) {
      store.find(report.job()).ifPresent(stored -> catchUp(topic, stored));
    }
    report
        .of((Job) topic.state())
        .ifPresent(next -> publisher.publish(topic, new JobEvent.Progressed(next), report.at()));
  }

  /** Publishes the stored job where memory is behind it; returns whether it was. */
  boolean catchUp(Topic topic, Job stored) {
    unsettled.remove(stored.id());
    var known = (Job) topic.state();
    var mark = Mark.of(stored);
    if (mark.newerThan(known) || stored.position().line() > known.position().line()) {
      publishMissed(topic, stored);
      return true;
    }
    if (mark.aheadOf(known)) {
      topic.renewed(known.withLease(Objects.requireNonNull(stored.lease())));
    }
    return false;
  }

  /**
   * Notes that all jobs in memory were compared with the store. From then on, a node that has not
   * done so for a while, because it was stopped or could not read, reads before it decides.
   */
  void comparedAt(Instant moment) {
    compared = moment;
  }

  /** Whether all jobs in memory were compared with the store within the last second. */
  boolean comparedLately() {
    return !clock.instant().minus(COMPARED).isAfter(compared);
  }

  /** Notes that a write of a job failed, which may have been written all the same. */
  void unsettled(UUID id) {
    unsettled.add(id);
  }

  /**
   * Compares the jobs with the store of which a write failed, and which may have been written all
   * the same; returns how many had been. Those that cannot be read stay for the next time.
   */
  int settle() {
    return unsettled.settle(this::catchUp);
  }

  /**
   * The stored job.
   *
   * @throws HeadwayException NOT_FOUND when there is none
   */
  Job stored(UUID id) {
    return store.find(id).orElseThrow(() -> HeadwayException.notFound("Job"));
  }
}
