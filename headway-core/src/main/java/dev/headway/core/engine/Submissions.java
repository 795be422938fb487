package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Decision.Accepted;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Lifecycle;
import dev.headway.core.port.JobStore;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Takes in new jobs: each is decided, stored and published, in this order, under its lock. Blocks
 * on the store; safe for use by any thread.
 */
final class Submissions {
  private final JobStore store;
  private final Hub hub;
  private final JobLog log;
  private final StripedLocks locks;
  private final JobPublisher publisher;
  private final InstantSource clock;
  private final Function<UUID, Topic> topics;

  /**
   * @param log the stored log of new topics
   * @param locks the locks of jobs
   * @param clock in microseconds, as moments are stored
   * @param topics has the topic of a job that was submitted before
   */
  Submissions(
      JobStore store,
      Hub hub,
      JobLog log,
      StripedLocks locks,
      JobPublisher publisher,
      InstantSource clock,
      Function<UUID, Topic> topics) {
    this.store = store;
    this.hub = hub;
    this.log = log;
    this.locks = locks;
    this.publisher = publisher;
    this.clock = clock;
    this.topics = topics;
  }

  /** Stores a job that waits for a worker. */
  Submission submit(NewJob job) {
    return added(job, List.of(new Command.MarkQueued()));
  }

  /**
   * Stores a job that its submitter does. The lease is confirmed: its holder is there, and nobody
   * else waits for the job should it be lost.
   */
  Submission start(NewJob job, Command.Claim claim) {
    var renewal = new Command.Renew(claim.token());
    return added(job, List.of(new Command.MarkQueued(), claim, renewal));
  }

  private Submission added(NewJob job, List<Command> commands) {
    var now = clock.instant();
    var created = Job.create(job.id(), job.spec(), job.steps(), now);
    var accepted = accepted(created, commands, now);
    var lock = locks.of(job.id());
    Optional<Job> earlier;
    lock.lock();
    try {
      earlier = store.insert(accepted.next(), accepted.milestones(now));
      if (earlier.isEmpty()) {
        return published(created, accepted, now);
      }
    } finally {
      lock.unlock();
    }
    return repeated(earlier.get(), job.spec()); // needs the earlier job's lock: never two at once
  }

  private static Accepted accepted(Job created, List<Command> commands, Instant now) {
    var next = created;
    var events = new ArrayList<JobEvent>();
    for (var command : commands) {
      var accepted = accepted(Lifecycle.decide(next, command, now));
      next = accepted.next();
      events.addAll(accepted.events());
    }
    return new Accepted(next, events, false);
  }

  private static Accepted accepted(Decision decision) {
    return switch (decision) {
      case Accepted accepted -> accepted;
      case Decision.Refused(var reason) -> throw new HeadwayException(reason.code(), reason.text());
    };
  }

  private Submission published(Job created, Accepted accepted, Instant at) {
    var job = accepted.next();
    var topic = hub.open(TopicName.ofJob(job.id()), log, () -> created);
    var start = topic.snapshot().cursor();
    publisher.publish(topic, created, accepted, at);
    if (job.status() == JobStatus.QUEUED) {
      publisher.waiting(job);
    } else {
      topic.renewed(job);
    }
    return new Submission(job, start, true);
  }

  private Submission repeated(Job earlier, JobSpec spec) {
    var same =
        earlier.spec().type().equals(spec.type())
            && earlier.spec().payload().equals(spec.payload());
    if (!same) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "The idempotency key %s was used for another request (job %s); use a new key"
              .formatted(spec.idempotencyKey(), earlier.id()));
    }
    var now = JobSnapshot.of(topics.apply(earlier.id()));
    return new Submission(now.job(), now.cursor(), false);
  }
}
