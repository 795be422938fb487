package dev.headway.spring.batch5;

import dev.headway.spring.CurrentJob;
import dev.headway.spring.HeadwayAutoConfiguration;
import dev.headway.spring.JobTracker;
import dev.headway.spring.batch.Executions;
import org.springframework.batch.core.JobExecution;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Jobs of Spring Batch 5 shown without a line of code. */
@AutoConfiguration(after = HeadwayAutoConfiguration.class)
@ConditionalOnClass(JobExecution.class) // Batch 6 has it elsewhere
@ConditionalOnProperty(name = "headway.enabled", matchIfMissing = true)
public class BatchAutoConfiguration {
  @Bean
  BatchProgress headwayBatch5Progress(JobTracker tracker, CurrentJob current) {
    return new BatchProgress(new Executions(tracker, current));
  }

  @Bean
  static BatchPostProcessor headwayBatch5PostProcessor(ObjectProvider<BatchProgress> progress) {
    return new BatchPostProcessor(progress);
  }
}
