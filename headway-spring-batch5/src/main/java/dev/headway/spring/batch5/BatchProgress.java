package dev.headway.spring.batch5;

import dev.headway.spring.batch.BatchEnd;
import dev.headway.spring.batch.BatchStep;
import dev.headway.spring.batch.Executions;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ChunkListener;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobExecutionListener;
import org.springframework.batch.core.StepExecution;
import org.springframework.batch.core.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;

/**
 * Shows each execution of a job of Batch 5 as a job. A job that is cancelled stops its execution
 * after the present chunk. Thread-safe.
 */
public final class BatchProgress
    implements JobExecutionListener, StepExecutionListener, ChunkListener {
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

  @Override
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
