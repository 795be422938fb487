package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.id.IdSource;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Decision.Accepted;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Lease;
import dev.headway.core.job.Lifecycle;
import dev.headway.core.job.Milestone;
import dev.headway.core.port.JobStore;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Topic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * Takes in new jobs: decided, stored together, and each published under its lock. Blocks on the
 * store; safe for use by any thread.
 */
final class Submissions {
  private final JobStore store;
  private final JobTopics topics;
  private final JobPublisher publisher;
  private final IdSource ids;

  /**
   * @param topics has the topics of jobs
   * @param publisher publishes what was stored
   * @param ids names leases
   */
  Submissions(JobStore store, JobTopics topics, JobPublisher publisher, IdSource ids) {
    this.store = store;
    this.topics = topics;
    this.publisher = publisher;
    this.ids = ids;
  }

  private record Decided(Job created, Accepted accepted) {
    Job next() {
      return accepted.next();
    }
  }

  /**
   * Stores jobs, all of them or none.
   *
   * @param now to the microsecond, as moments are stored
   * @throws HeadwayException CONFLICT when an idempotency key stands for another request
   */
  List<Submission> submit(List<NewJob> jobs, Instant now) {
    var decided = jobs.stream().map(job -> decide(job, now)).toList();
    var stored = store(decided, now);
    var submissions = new ArrayList<Submission>(jobs.size());
    for (var at = 0; at < jobs.size(); at++) {
      var same = stored.get(at).id().equals(decided.get(at).next().id());
      submissions.add(same ? publish(decided.get(at), now) : repeated(stored.get(at)));
    }
    return submissions;
  }

  /*
   * The topics are opened before the jobs are stored: whoever finds one of the jobs first, a worker
   * of this node for example, then publishes what is stored of it, from the beginning.
   */
  private List<Job> store(List<Decided> decided, Instant now) {
    var unstored = new HashSet<UUID>();
    for (var each : decided) {
      topics.opened(each.next().id(), each::created);
      unstored.add(each.next().id());
    }
    try {
      var jobs = decided.stream().map(Decided::next).toList();
      var stored = store.insert(jobs, milestones(decided, now));
      requireSameRequests(decided, stored);
      stored.forEach(job -> unstored.remove(job.id()));
      return stored;
    } finally {
      unstored.forEach(topics::remove);
    }
  }

  private static List<Milestone> milestones(List<Decided> decided, Instant at) {
    return decided.stream().flatMap(each -> each.accepted().milestones(at).stream()).toList();
  }

  private static void requireSameRequests(List<Decided> decided, List<Job> stored) {
    for (var at = 0; at < stored.size(); at++) {
      var spec = decided.get(at).next().spec();
      if (!spec.sameRequest(stored.get(at).spec())) {
        throw new HeadwayException(
            ErrorCode.CONFLICT,
            "The idempotency key %s was used for another request (job %s); use a new key"
                .formatted(spec.idempotencyKey(), stored.get(at).id()));
      }
    }
  }

  private Decided decide(NewJob job, Instant now) {
    var created = Job.create(job.id(), job.spec(), job.steps(), now);
    return new Decided(created, accepted(created, commands(job), now));
  }

  /*
   * Who starts a job confirms its lease: its holder is there, and nobody else waits for the job
   * should it be lost.
   */
  private List<Command> commands(NewJob job) {
    var start = job.start();
    if (start == null) {
      var ready = job.ready();
      return List.of(
          new Command.MarkQueued(ready == null ? null : ready.truncatedTo(ChronoUnit.MICROS)));
    }
    var token = Lease.token(job.id(), ids.secret());
    var claim = new Command.Claim(start.worker(), token, start.length());
    return List.of(new Command.MarkQueued(), claim, new Command.Renew(claim.token()));
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

  private Submission publish(Decided decided, Instant at) {
    var job = decided.next();
    var lock = topics.lock(job.id());
    lock.lock();
    try {
      var topic = topics.opened(job.id(), decided::created);
      if (((Job) topic.state()).version() < job.version()) { // else somebody found it first
        publish(topic, decided, at);
      }
    } finally {
      lock.unlock();
    }
    return new Submission(job, new Cursor(topics.life(), decided.created().position()), true);
  }

  private void publish(Topic topic, Decided decided, Instant at) {
    var job = decided.next();
    publisher.publish(topic, decided.created(), decided.accepted(), at);
    if (job.status() == JobStatus.QUEUED) {
      publisher.waiting(job);
    } else {
      topic.renewed(job);
    }
  }

  private Submission repeated(Job earlier) {
    var now = JobSnapshot.of(topics.current(earlier.id()));
    return new Submission(now.job(), now.cursor(), false);
  }
}
