package dev.headway.spring.batch5;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.StepExecution;
import org.springframework.batch.core.StepExecutionListener;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.support.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.ExecutionContext;
import org.springframework.batch.item.ItemWriter;
import org.springframework.batch.item.support.ListItemReader;
import org.springframework.batch.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A job of Batch: a step of four items in chunks of two, which a writer of the test takes, then one
 * of two partitions.
 */
@Configuration
class Nightly {
  private final PlatformTransactionManager transactions;

  Nightly(PlatformTransactionManager transactions) {
    this.transactions = transactions;
  }

  @Bean
  Job job(@Value("${job}") String name, JobRepository repository, Step copy, Step shelves) {
    return new JobBuilder(name, repository).start(copy).next(shelves).build();
  }

  @Bean
  Step copy(JobRepository repository, ItemWriter<String> writer) {
    return new StepBuilder("copy", repository)
        .<String, String>chunk(2, transactions)
        .reader(new ListItemReader<>(List.of("a", "b", "c", "d")))
        .writer(writer)
        .listener(new Counted())
        .build();
  }

  @Bean
  Step shelves(JobRepository repository, Step shelf) {
    Partitioner two =
        size -> {
          Map<String, ExecutionContext> found = new HashMap<>();
          found.put("left", new ExecutionContext());
          found.put("right", new ExecutionContext());
          return found;
        };
    return new StepBuilder("shelves", repository).partitioner("shelf", two).step(shelf).build();
  }

  @Bean
  Step shelf(JobRepository repository) {
    return new StepBuilder("shelf", repository)
        .tasklet((contribution, context) -> RepeatStatus.FINISHED, transactions)
        .build();
  }

  /** Says how many items there are before the step begins. */
  private static final class Counted implements StepExecutionListener {
    @Override
    public void beforeStep(StepExecution step) {
      step.getExecutionContext().putLong(BatchProgress.TOTAL, 4);
    }
  }
}
