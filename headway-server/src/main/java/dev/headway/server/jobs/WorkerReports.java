package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.Lease;
import dev.headway.core.job.LogLine;
import dev.headway.server.http.contract.Excerpt;
import dev.headway.server.session.ClientMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Takes the reports of workers on the jobs that they hold: progress, lines for the log, and ends,
 * by whichever way they come. Blocks on the store; thread-safe.
 */
final class WorkerReports {
  /** The most items of one frame or body. */
  static final int MOST_ITEMS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(WorkerReports.class);
  private static final int MOST_LINES = 1_000;

  private final Jobs jobs;
  private final JobAccess named;
  private final RefusedReports refused;

  /**
   * Reports to these jobs.
   *
   * @param access who may work on which
   */
  WorkerReports(Jobs jobs, Access access) {
    this.jobs = jobs;
    this.named = new JobAccess(jobs, access);
    this.refused = new RefusedReports(jobs);
  }

  /**
   * An item that names its job by the lease.
   *
   * @param job the job of the lease
   * @param lease the lease
   * @param said what it says
   */
  record Item(UUID job, String lease, JobRequests.OfWorker said) {
    /** Whether the worker holds the job no longer once this is taken. */
    boolean end() {
      return switch (said) {
        case JobRequests.Completion _, JobRequests.Failure _, JobRequests.Cancelled _ -> true;
        case JobRequests.Report _, JobRequests.LogAppend _ -> false;
      };
    }
  }

  /**
   * Reads an item, whose {@code kind} says what it is: a report of progress where there is none.
   *
   * @throws HeadwayException INVALID_INPUT or VALIDATION_ERROR for one that no worker may send;
   *     LEASE_LOST when its lease names no job
   */
  static Item item(JsonNode value) {
    var message = ClientMessage.of(value, "kind");
    if (message == null) {
      throw new HeadwayException(ErrorCode.INVALID_INPUT, "An item must be an object");
    }
    var said =
        switch (message.kind()) {
          case "", "progress" -> message.as(JobRequests.Report.class);
          case "logs" -> message.as(JobRequests.LogAppend.class);
          case "complete" -> message.as(JobRequests.Completion.class);
          case "fail" -> message.as(JobRequests.Failure.class);
          case "cancelled" -> message.as(JobRequests.Cancelled.class);
          default ->
              throw new HeadwayException(
                  ErrorCode.INVALID_INPUT,
                  "The kind (%s) is unknown; known: progress, logs, complete, fail, cancelled"
                      .formatted(message.kind()));
        };
    var lease = said.lease();
    if (lease == null || lease.isEmpty()) {
      throw HeadwayException.invalid("lease", "lease is missing: it says which job is meant");
    }
    check(said);
    var job = Lease.jobOf(lease).orElseThrow(WorkerReports::lost);
    return new Item(job, lease, said);
  }

  /* What the OpenAPI document checks of a body that is about one job. */
  private static void check(JobRequests.OfWorker said) {
    var defects = new ArrayList<Defect>();
    switch (said) {
      case JobRequests.Report report -> check(report, defects);
      case JobRequests.LogAppend(_, var lines) -> check(lines, defects);
      case JobRequests.Failure failure when failure.error() == null ->
          defects.add(Defect.ofField("error", "error is missing: it says what went wrong"));
      case JobRequests.Failure _, JobRequests.Completion _, JobRequests.Cancelled _ -> {}
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
  }

  private static void check(JobRequests.Report report, List<Defect> defects) {
    if ((report.done() == null) != (report.total() == null)) {
      defects.add(
          Defect.ofField(
              "done",
              "done (%s) and total (%s) must come together"
                  .formatted(report.done(), report.total())));
    }
    var metadata = report.metadata();
    if (metadata != null && !metadata.isNull() && !metadata.text().startsWith("{")) {
      defects.add(Defect.ofField("metadata", "metadata must be an object"));
    }
  }

  private static void check(@Nullable List<JobRequests.LogLine> lines, List<Defect> defects) {
    if (lines == null || lines.isEmpty() || lines.size() > MOST_LINES) {
      defects.add(
          Defect.ofField(
              "lines",
              "lines has %d items; it must have 1 to %d"
                  .formatted(lines == null ? 0 : lines.size(), MOST_LINES)));
      return;
    }
    for (var at = 0; at < lines.size(); at++) {
      var line = lines.get(at);
      if (line == null || line.text() == null) {
        defects.add(Defect.ofField("lines[%d]".formatted(at), "A line must have a text"));
      } else if (!LogLine.isStream(line.streamName())) {
        defects.add(
            Defect.ofField(
                "lines[%d].stream".formatted(at),
                "stream (%s) must be stdout, stderr or log, or name an output: a letter, then up to 39 of a to z, 0 to 9, _, . and -"
                    .formatted(Excerpt.text(line.streamName()))));
      }
    }
  }

  /**
   * Does what an item says; a fault of the server becomes a refusal, so that the items after it are
   * done all the same.
   *
   * @param who says it
   * @return the job afterwards
   * @throws HeadwayException when it is refused
   */
  Job take(Item item, Principal who) {
    try {
      named.requireWorkable(item.job(), who);
      return take(item.job(), item.said());
    } catch (HeadwayException refused) {
      throw refused.code() == ErrorCode.NOT_FOUND ? lost() : refused;
    } catch (RuntimeException fault) {
      LOG.error("A report on job {} failed", item.job(), fault);
      throw new HeadwayException(
          ErrorCode.EXECUTION_ERROR, "The server failed to take this; its log says why", fault);
    }
  }

  /** The refusal of a report with these defects, of which the job's log says so, too. */
  HeadwayException refusal(UUID id, JobRequests.Report said, List<Defect> defects) {
    return refused.noted(id, said.lease(), HeadwayException.invalid(defects));
  }

  /** Does what a worker says of a job; returns the job afterwards. */
  Job take(UUID id, JobRequests.OfWorker said) {
    try {
      return taken(id, said);
    } catch (HeadwayException reason) {
      throw said instanceof JobRequests.Report ? refused.noted(id, said.lease(), reason) : reason;
    }
  }

  private Job taken(UUID id, JobRequests.OfWorker said) {
    return switch (said) {
      case JobRequests.Report report -> report(id, report);
      case JobRequests.Completion end -> jobs.apply(id, end.command());
      case JobRequests.Failure end -> jobs.apply(id, end.command());
      case JobRequests.Cancelled end -> jobs.apply(id, end.command());
      case JobRequests.LogAppend lines -> {
        var job = requireHeld(id, String.valueOf(lines.lease()));
        append(id, lines.lines());
        yield job;
      }
    };
  }

  private Job report(UUID id, JobRequests.Report said) {
    var report = said.report();
    if (said.steps() != null) {
      declare(id, said.lease(), said.steps(), report.defects());
    }
    return jobs.report(id, said.lease(), report, said.state());
  }

  private void declare(UUID id, String lease, List<JobRequests.Step> steps, List<Defect> ofReport) {
    var defects = new ArrayList<>(JobRequests.Step.defects(steps));
    defects.addAll(ofReport);
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    jobs.apply(id, new Command.DeclareSteps(lease, JobRequests.Step.plan(steps)));
  }

  /**
   * The job that is held under a lease.
   *
   * @throws HeadwayException LEASE_LOST when it is not, NOT_FOUND when there is none
   */
  Job requireHeld(UUID id, String shown) {
    var job = jobs.find(id).orElseThrow(() -> HeadwayException.notFound("Job"));
    var lease = job.lease();
    if (lease == null || !lease.token().equals(shown)) {
      throw lost();
    }
    return job;
  }

  private static HeadwayException lost() {
    return new HeadwayException(
        ErrorCode.LEASE_LOST, "The lease was lost: another attempt has begun or may begin");
  }

  private record Group(String stream, List<String> texts) {}

  /** Adds lines to a job's log; returns the number of the last one. */
  long append(UUID id, List<JobRequests.LogLine> lines) {
    var last = 0L;
    for (var group : byStream(lines)) {
      last = jobs.log(id, group.stream(), group.texts());
    }
    return last;
  }

  private static List<Group> byStream(List<JobRequests.LogLine> lines) {
    var groups = new ArrayList<Group>();
    for (var line : lines) {
      if (groups.isEmpty() || !groups.getLast().stream().equals(line.streamName())) {
        groups.add(new Group(line.streamName(), new ArrayList<>()));
      }
      groups.getLast().texts().add(line.text());
    }
    return groups;
  }
}
