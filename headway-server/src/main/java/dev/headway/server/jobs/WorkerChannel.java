package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.engine.JobListener;
import dev.headway.core.engine.Jobs;
import dev.headway.core.job.JobEvent;
import dev.headway.server.socket.Connection;
import dev.headway.server.stream.StreamPart;
import dev.headway.server.stream.Wire;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The workers' part of the native stream: jobs are handed out as they come, and what is said of
 * them comes in batches. Thread-safe.
 */
public final class WorkerChannel implements StreamPart, JobListener {
  private final Jobs jobs;
  private final Access access;
  private final Executor threads;
  private final WorkerReports reports;
  private final ConcurrentHashMap<UUID, WorkerSession> holders = new ConcurrentHashMap<>();

  /**
   * The workers of these jobs.
   *
   * @param access says who may claim
   * @param threads has a thread for each worker that waits
   */
  public WorkerChannel(Jobs jobs, Access access, Executor threads) {
    this.jobs = jobs;
    this.access = access;
    this.threads = threads;
    this.reports = new WorkerReports(jobs, access);
  }

  @Override
  public Set<String> ops() {
    return Set.of("work", "reports");
  }

  @Override
  public StreamPart.Session open(Connection connection, Wire wire) {
    return new WorkerSession(this, connection, wire);
  }

  @Override
  public void happened(JobEvent event) {
    if (event instanceof JobEvent.Progressed || event instanceof JobEvent.Logged) {
      return;
    }
    var session = holders.get(event.job().id());
    if (session != null) {
      session.happened(event.job());
    }
  }

  Jobs jobs() {
    return jobs;
  }

  Access access() {
    return access;
  }

  Executor threads() {
    return threads;
  }

  WorkerReports reports() {
    return reports;
  }

  /** Notes which session is told what happens to a job. */
  void holds(UUID job, WorkerSession session) {
    holders.put(job, session);
  }

  void holdsNoLonger(UUID job, WorkerSession session) {
    holders.remove(job, session);
  }
}
