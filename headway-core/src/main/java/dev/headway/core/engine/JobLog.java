package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Milestone;
import dev.headway.core.port.JobStore;
import dev.headway.core.topic.StoredLog;
import dev.headway.core.topic.TopicName;
import dev.headway.core.topic.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The stored log of jobs: their milestones, and the lines that their work writes. Blocks on the
 * store; safe for use by any thread.
 *
 * @param store keeps both
 * @param life the name of the installation's life
 * @param catchUp publishes what another node has done to a job
 */
record JobLog(JobStore store, String life, Consumer<UUID> catchUp) implements StoredLog {
  @Override
  public List<Entry> milestones(TopicState state) {
    var job = (Job) state;
    var entries = new ArrayList<Entry>();
    for (var milestone : store.milestones(job, 0)) {
      if (milestone.number() <= job.position().milestone()) {
        entries.add(entry(milestone));
      }
    }
    if (job.status() == JobStatus.IN_PROGRESS && progressed(job, entries)) {
      entries.add(new Entry(job.position(), job.times().updated(), new JobEvent.Progressed(job)));
    }
    return entries;
  }

  private static boolean progressed(Job job, List<Entry> entries) {
    return entries.isEmpty() || job.position().reports() > entries.getLast().position().reports();
  }

  private static Entry entry(Milestone milestone) {
    var event = milestone.event();
    return new Entry(event.job().position(), milestone.at(), event);
  }

  @Override
  public List<Entry> lines(TopicState state, long after, long upTo) {
    var job = (Job) state;
    return store.log(job.id(), after, (int) (upTo - after)).stream()
        .map(line -> logged(job, line))
        .map(event -> new Entry(event.job().position(), event.line().at(), event))
        .toList();
  }

  /** A line of a job's log as an event. */
  static JobEvent.Logged logged(Job job, LogLine line) {
    return new JobEvent.Logged(job.at(job.position().withLine(line.number())), line);
  }

  @Override
  public void catchUp(TopicName topic) {
    catchUp.accept(UUID.fromString(topic.id()));
  }
}
