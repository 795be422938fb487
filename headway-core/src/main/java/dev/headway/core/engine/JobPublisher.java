package dev.headway.core.engine;

import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Milestone;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Mark;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Publishes the events of jobs, after they were committed, to their topics and to the listeners.
 * Called under the lock of the job.
 */
final class JobPublisher {
  private static final System.Logger LOG = System.getLogger(JobPublisher.class.getName());

  private final Hub hub;
  private final JobStore store;
  private final QueueSignal queueSignal;
  private final JobRings rings;
  private final CopyOnWriteArrayList<JobListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * A publisher without listeners.
   *
   * @param queueSignal is raised when an attempt has failed
   * @param rings tell other nodes what was decided here
   */
  JobPublisher(Hub hub, JobStore store, QueueSignal queueSignal, JobRings rings) {
    this.hub = hub;
    this.store = store;
    this.queueSignal = queueSignal;
    this.rings = rings;
  }

  void listen(JobListener listener) {
    listeners.add(listener);
  }

  /** Publishes what was decided here, and tells the other nodes of it. */
  void publish(Topic topic, Job before, Decision.Accepted accepted, Instant at) {
    if (accepted.events().isEmpty()) {
      topic.renewed(accepted.next());
    }
    accepted.events().forEach(event -> publish(topic, event, at));
    rings.decided(before, accepted);
    if (freesKey(before, accepted.next())) {
      waiting();
    }
  }

  private static boolean freesKey(Job before, Job next) {
    return before.spec().key() != null
        && before.status() == JobStatus.IN_PROGRESS
        && next.status() != JobStatus.IN_PROGRESS;
  }

  /** Tells the workers of a job that waits for one, unless its moment has yet to come. */
  void waiting(Job job) {
    if (job.times().ready() == null) {
      queueSignal.raise(job.spec().queue());
    }
  }

  /** Tells the workers, of other nodes, too, that jobs may no longer be held back. */
  void waiting() {
    queueSignal.raise();
    rings.queued();
  }

  void publish(Topic topic, Milestone milestone) {
    publish(topic, milestone.event(), milestone.at());
  }

  void publish(Topic topic, LogLine line) {
    publish(topic, JobLog.logged((Job) topic.state(), line), line.at());
  }

  void publish(Topic topic, JobEvent event, Instant at) {
    hub.publish(topic, event.job(), event, at);
    tell(listener -> listener.happened(event));
    if (event instanceof JobEvent.AttemptFailed) {
      waiting(event.job());
    }
  }

  /**
   * Publishes what is stored of a job and not in memory: another node moved it, or a write of this
   * node was committed although its answer was lost. Without this, watchers could wait for an end
   * that has long been stored.
   *
   * @return the job as watchers are shown it
   */
  Job publishMissed(Topic topic, Job stored) {
    var known = (Job) topic.state();
    var present = stored.after(known);
    var milestones = milestones(known, stored);
    var at = present.times().updated();
    for (var milestone : milestones) {
      var job = milestone.event().job();
      publishLines(topic, (job.ended() ? stored : job).position().line());
      publish(topic, milestone.after(known));
    }
    publishLines(topic, stored.position().line());
    if (milestones.isEmpty() && stored.version() > known.version()) {
      // A node of an earlier release moved it.
      publish(topic, JobEvent.presenting(present), at);
    } else if (Mark.of(present).newerThan((Job) topic.state())) {
      publish(topic, new JobEvent.Progressed(present), at);
    }
    topic.renewed(present);
    return present;
  }

  /* What has happened since the job was read comes with the next reading: shown now, it would come twice. */
  private List<Milestone> milestones(Job known, Job stored) {
    return store.milestones(stored, known.position().milestone()).stream()
        .filter(milestone -> milestone.number() <= stored.position().milestone())
        .toList();
  }

  /**
   * Publishes lines that were stored of a job's log, after all that they follow: a line before its
   * milestone would give that another place than it has on other nodes.
   *
   * @param shared whether another node may have stored milestones that are not known here
   */
  void publishStored(Topic topic, List<LogLine> lines, boolean shared) {
    var known = (Job) topic.state();
    if (shared) {
      store
          .find(known.id())
          .filter(job -> job.position().milestone() > known.position().milestone())
          .ifPresent(job -> publishMissed(topic, job));
    }
    publishLines(topic, lines.getFirst().number() - 1);
    lines.stream()
        .filter(line -> line.number() > topic.snapshot().cursor().position().line())
        .forEach(line -> publish(topic, line));
  }

  /** Publishes the lines of a job's log up to one that another node has stored. */
  void publishLines(Topic topic, long upTo) {
    var known = topic.snapshot().cursor().position().line();
    if (upTo > known) {
      var id = UUID.fromString(topic.name().id());
      store.log(id, known, (int) (upTo - known)).forEach(line -> publish(topic, line));
    }
  }

  /** Tells the listeners that a job was deleted. */
  void deleted(Job job) {
    tell(listener -> listener.deleted(job));
  }

  /** One listener's failure is its own: what was committed is published to all others. */
  private void tell(Consumer<JobListener> call) {
    for (var listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, "A listener to the jobs' events failed", failure);
      }
    }
  }
}
