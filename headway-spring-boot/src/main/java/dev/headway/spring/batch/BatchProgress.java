package dev.headway.spring.batch;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.JobRequest;
import dev.headway.client.work.TrackedJob;
import dev.headway.spring.CurrentJob;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.core.NestedExceptionUtils;

/**
 * Shows each execution of a Batch job as a job: its steps, the items that their chunks have
 * written, and each partition as a child. A job that is cancelled stops its execution after the
 * present chunk. Thread-safe.
 */
public final class BatchProgress
    implements JobExecutionListener, StepExecutionListener, ChunkListener<Object, Object> {
  /**
   * The key of a step's execution context that says how many items there are, as a {@code Long};
   * for partitions, a partitioner puts it there.
   */
  public static final String TOTAL = "headway.total";

  /** What Batch puts between the name of a step and that of its partition. */
  private static final String PARTITION = ":";

  private final HeadwayClient client;
  private final CurrentJob current;
  private final List<String> tags;
  private final Map<Long, TrackedJob> jobs = new ConcurrentHashMap<>();
  private final Map<Long, Part> parts = new ConcurrentHashMap<>();

  /** A step while it runs. */
  private record Part(TrackedJob job, CurrentJob.Scope scope) {}

  /**
   * Shows executions through a client.
   *
   * @param current is told which job a thread works for
   * @param tags tags of every job
   */
  public BatchProgress(HeadwayClient client, CurrentJob current, List<String> tags) {
    this.client = client;
    this.current = current;
    this.tags = List.copyOf(tags);
  }

  @Override
  public void beforeJob(JobExecution execution) {
    var name = execution.getJobInstance().getJobName();
    var parent = current.job().orElse(null);
    jobs.put(execution.getId(), client.track(request(name), 0, parent));
  }

  @Override
  public void afterJob(JobExecution execution) {
    var job = jobs.remove(execution.getId());
    if (job != null) {
      end(job, execution.getStatus(), execution.getAllFailureExceptions());
    }
  }

  @Override
  public void beforeStep(StepExecution step) {
    var job = jobs.get(step.getJobExecutionId());
    if (job == null) {
      return; // belongs to a job that is not watched
    }
    var total = step.getExecutionContext().getLong(TOTAL, 0);
    if (isPartition(step)) {
      job = client.track(request(step.getStepName()), total, job);
    } else {
      job.step(step.getStepName());
      job.total(total);
    }
    parts.put(step.getId(), new Part(job, current.within(job)));
    stopIfCancelled(step);
  }

  @Override
  public @Nullable ExitStatus afterStep(StepExecution step) {
    var part = parts.remove(step.getId());
    if (part != null) {
      part.scope().close();
      part.job().log(counts(step));
      if (isPartition(step)) {
        end(part.job(), step.getStatus(), step.getFailureExceptions());
      }
    }
    return null; // leaves the status as it is
  }

  @Override
  public void afterChunk(Chunk<Object> written) {
    current.job().ifPresent(job -> job.advance(written.size()));
    var context = StepSynchronizationManager.getContext();
    if (context != null) {
      stopIfCancelled(context.getStepExecution());
    }
  }

  private void stopIfCancelled(StepExecution step) {
    var job = jobs.get(step.getJobExecutionId());
    if (job != null && (job.cancelRequested() || partCancelled(step))) {
      step.setTerminateOnly();
    }
  }

  private boolean partCancelled(StepExecution step) {
    var part = parts.get(step.getId());
    return part != null && part.job().cancelRequested();
  }

  private JobRequest request(String name) {
    var type = name.replaceAll("[^A-Za-z0-9._-].*", ""); // partitions of a step are of one type
    return JobRequest.of(type.isEmpty() ? "batch" : type).name(name).tags(tags);
  }

  private static boolean isPartition(StepExecution step) {
    return step.getStepName().contains(PARTITION);
  }

  private static String counts(StepExecution step) {
    return "%s: %,d read, %,d written, %,d filtered, %,d skipped"
        .formatted(
            step.getStepName(),
            step.getReadCount(),
            step.getWriteCount(),
            step.getFilterCount(),
            step.getSkipCount());
  }

  private static void end(TrackedJob job, BatchStatus status, List<Throwable> failures) {
    if (status == BatchStatus.COMPLETED) {
      job.complete(null);
    } else if (job.cancelRequested()) {
      job.cancelled();
    } else if (failures.isEmpty()) {
      job.fail("Ended as " + status);
    } else {
      // Batch says "Unable to process chunk"; its cause says why.
      job.failed(NestedExceptionUtils.getMostSpecificCause(failures.get(0)));
    }
  }
}
