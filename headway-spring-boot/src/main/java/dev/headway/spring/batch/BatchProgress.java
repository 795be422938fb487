package dev.headway.spring.batch;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * Shows each execution of a job of Batch 6 as a job. A job that is cancelled stops its execution
 * after the present chunk. Thread-safe.
 */
public final class BatchProgress
    implements JobExecutionListener, StepExecutionListener, ChunkListener<Object, Object> {
  /** The key of a step's execution context that says how many items there are. */
  public static final String TOTAL = Executions.TOTAL;

  private final Executions executions;

  /** Shows executions as jobs. */
  public BatchProgress(Executions executions) {
    this.executions = executions;
  }

  @Override
  public void beforeJob(JobExecution execution) {
    executions.begin(execution.getId(), execution.getJobInstance().getJobName());
  }

  @Override
  public void afterJob(JobExecution execution) {
    var end = new BatchEnd(execution.getStatus().name(), execution.getAllFailureExceptions());
    executions.end(execution.getId(), end);
  }

  @Override
  public void beforeStep(StepExecution step) {
    executions.beginStep(known(step), step.getExecutionContext().getLong(TOTAL, 0));
    stopIfRequested(step);
  }

  @Override
  public @Nullable ExitStatus afterStep(StepExecution step) {
    var end = new BatchEnd(step.getStatus().name(), step.getFailureExceptions());
    executions.endStep(known(step), counts(step), end);
    return null; // leaves the status as it is
  }

  /** A chunk of Batch 6's own steps, which count it only afterwards. */
  @Override
  public void afterChunk(Chunk<Object> written) {
    var context = StepSynchronizationManager.getContext();
    if (context != null) {
      executions.wrote(known(context.getStepExecution()), written.size());
      stopIfRequested(context.getStepExecution());
    }
  }

  /** A chunk, or a call of a tasklet, of the older steps, which have counted it. */
  @Override
  @SuppressWarnings("removal") // Batch calls it as long as it has those steps.
  public void afterChunk(ChunkContext context) {
    var step = context.getStepContext().getStepExecution();
    executions.wroteUpTo(known(step), step.getWriteCount());
    stopIfRequested(step);
  }

  private void stopIfRequested(StepExecution step) {
    if (executions.stopRequested(known(step))) {
      step.setTerminateOnly();
    }
  }

  private static BatchStep known(StepExecution step) {
    return new BatchStep(step.getJobExecutionId(), step.getStepName());
  }

  private static String counts(StepExecution step) {
    return "%,d read, %,d written, %,d filtered, %,d skipped"
        .formatted(
            step.getReadCount(), step.getWriteCount(), step.getFilterCount(), step.getSkipCount());
  }
}
