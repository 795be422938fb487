package dev.headway.spring.batch5;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Registers {@link BatchProgress} at all jobs and steps that are beans, and at the jobs' steps. */
final class BatchPostProcessor implements BeanPostProcessor {
  private final ObjectProvider<BatchProgress> progress;
  private final Set<Step> registered = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Registers one listener.
   *
   * @param progress asked for at the first job or step, since beans cannot be had so early
   */
  BatchPostProcessor(ObjectProvider<BatchProgress> progress) {
    this.progress = progress;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof AbstractJob job) {
      job.registerJobExecutionListener(progress.getObject());
      job.getStepNames().forEach(step -> register(job.getStep(step)));
    } else if (bean instanceof Step step) {
      register(step);
    }
    return bean;
  }

  private synchronized void register(Step step) {
    if (step instanceof AbstractStep known && registered.add(step)) {
      known.registerStepExecutionListener(progress.getObject());
      if (known instanceof TaskletStep chunks) {
        chunks.registerChunkListener(progress.getObject());
      }
    }
  }
}
