package dev.headway.spring.batch;

import dev.headway.spring.CurrentJob;
import dev.headway.spring.HeadwayAutoConfiguration;
import dev.headway.spring.JobTracker;
import org.springframework.batch.core.step.item.ChunkOrientedStep;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Jobs of Spring Batch 6, which Spring Boot 4 brings, shown without a line of code. */
@AutoConfiguration(after = HeadwayAutoConfiguration.class)
@ConditionalOnClass(ChunkOrientedStep.class)
@ConditionalOnProperty(name = "headway.enabled", matchIfMissing = true)
public class BatchAutoConfiguration {
  @Bean
  BatchProgress headwayBatchProgress(JobTracker tracker, CurrentJob current) {
    return new BatchProgress(new Executions(tracker, current));
  }

  @Bean
  static BatchPostProcessor headwayBatchPostProcessor(ObjectProvider<BatchProgress> progress) {
    return new BatchPostProcessor(progress);
  }
}
