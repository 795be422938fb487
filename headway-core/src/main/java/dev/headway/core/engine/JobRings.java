package dev.headway.core.engine;

import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.port.Bus;
import dev.headway.core.port.LedgerRecord;
import dev.headway.core.topic.TopicName;

/**
 * The rings by which this node tells the others what it has done to jobs, once that is committed.
 * Thread-safe; never blocks.
 *
 * @param bus to the other nodes
 */
record JobRings(Bus bus) {
  /** The topic that rings when a job may be waiting for a worker. */
  static final TopicName QUEUE = new TopicName("queue", "all");

  /** Tells of a decision, of whatever kind. */
  void decided(Job before, Decision.Accepted accepted) {
    var next = accepted.next();
    if (accepted.milestone(before)) {
      stored(next);
      if (next.status() == JobStatus.QUEUED) {
        queued();
      }
    }
  }

  /** Tells that more of a job is stored than before. */
  void stored(Job job) {
    bus.announce(topic(job), job.position().milestone(), null);
  }

  /** Tells that progress is stored, which goes along where the bus carries it. */
  void progressStored(Job job) {
    var progress = bus.carriesProgress() ? LedgerRecord.of(job) : null;
    bus.announce(topic(job), job.position().milestone(), progress);
  }

  /** Tells that a job waits for a worker. */
  void queued() {
    bus.announce(QUEUE, 0, null);
  }

  private static TopicName topic(Job job) {
    return TopicName.ofJob(job.id());
  }
}
