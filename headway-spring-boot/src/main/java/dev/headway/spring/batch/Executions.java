package dev.headway.spring.batch;

import dev.headway.client.job.JobRequest;
import dev.headway.spring.CurrentJob;
import dev.headway.spring.JobTracker;
import dev.headway.spring.ObservedJob;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * The executions of Batch that run now, each with its job: its steps, the items that their chunks
 * have written, and each partition as a child. Knows no version of Batch: a listener of each says
 * what happens. Thread-safe.
 */
public final class Executions {
  /**
   * The key of a step's execution context that says how many items there are, as a {@code Long};
   * for partitions, a partitioner puts it there.
   */
  public static final String TOTAL = "headway.total";

  private final JobTracker tracker;
  private final CurrentJob current;
  private final Map<Long, ObservedJob> jobs = new ConcurrentHashMap<>();
  private final Map<BatchStep, Part> parts = new ConcurrentHashMap<>();

  /** A step while it runs. */
  private record Part(ObservedJob job, CurrentJob.Scope scope, AtomicLong written) {}

  /**
   * No executions yet.
   *
   * @param current is told which job a thread works for
   */
  public Executions(JobTracker tracker, CurrentJob current) {
    this.tracker = tracker;
    this.current = current;
  }

  /** Begins the job of an execution. */
  public void begin(long execution, String name) {
    jobs.put(execution, tracker.begin(request(name), 0, current.job().orElse(null)));
  }

  /** Ends the job of an execution. */
  public void end(long execution, BatchEnd end) {
    var job = jobs.remove(execution);
    if (job != null) {
      end(job, end);
    }
  }

  /**
   * Begins a step, in the thread that does it.
   *
   * @param total how many items it has; 0 when that is not known
   */
  public void beginStep(BatchStep step, long total) {
    var job = jobs.get(step.execution());
    if (job == null) {
      return; // belongs to a job that is not watched
    }
    if (step.isPartition()) {
      job = tracker.begin(request(step.name()), total, job.job());
    } else {
      job.job().step(step.name());
      job.job().total(total);
    }
    parts.put(step, new Part(job, job.within(current), new AtomicLong()));
  }

  /**
   * Ends a step, in the thread that began it.
   *
   * @param counts what it did, for the log
   */
  public void endStep(BatchStep step, String counts, BatchEnd end) {
    var part = parts.remove(step);
    if (part != null) {
      part.scope().close();
      part.job().job().log(step.name() + ": " + counts);
      if (step.isPartition()) {
        end(part.job(), end);
      }
    }
  }

  /** Notes further items of a step that have been written. */
  public void wrote(BatchStep step, long items) {
    var part = parts.get(step);
    if (part != null) {
      part.job().job().advance(items);
    }
  }

  /** Notes how many items of a step have been written so far. */
  public void wroteUpTo(BatchStep step, long items) {
    var part = parts.get(step);
    if (part != null) {
      part.job().job().advance(items - part.written().getAndSet(items));
    }
  }

  /** Whether somebody wants the job, or this partition of it, to stop. */
  public boolean stopRequested(BatchStep step) {
    var part = parts.get(step);
    return cancelRequested(jobs.get(step.execution()))
        || cancelRequested(part == null ? null : part.job());
  }

  private static boolean cancelRequested(@Nullable ObservedJob job) {
    return job != null && job.job().cancelRequested();
  }

  private static JobRequest request(String name) {
    var type = name.replaceAll("[^A-Za-z0-9._-].*", ""); // partitions of a step are of one type
    return JobRequest.of(type.isEmpty() ? "batch" : type).name(name);
  }

  private static void end(ObservedJob job, BatchEnd end) {
    if (end.status().equals("COMPLETED")) {
      job.complete();
    } else if (job.job().cancelRequested()) {
      job.cancelled();
    } else if (end.failures().isEmpty()) {
      job.fail("Ended as " + end.status());
    } else {
      // Batch says "Unable to process chunk"; its cause says why.
      job.failed(NestedExceptionUtils.getMostSpecificCause(end.failures().get(0)));
    }
  }
}
