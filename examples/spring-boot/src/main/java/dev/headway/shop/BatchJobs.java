package dev.headway.shop;

import dev.headway.spring.batch.BatchProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** The shop's job of Spring Batch: it needs nothing of its own to be shown. */
@Configuration
public class BatchJobs {
  private static final List<Integer> ROWS = IntStream.range(0, 250).boxed().toList();

  /** The job: loads rows in chunks, then draws thumbnails in partitions. */
  @Bean
  Job nightlyImport(JobRepository repository, Step load, Step thumbnails) {
    return new JobBuilder("nightlyImport", repository).start(load).next(thumbnails).build();
  }

  /** A step in chunks; how many items there are is for the bar. */
  @Bean
  Step load(JobRepository repository) {
    return new StepBuilder("load", repository)
        .<Integer, Integer>chunk(100)
        .reader(new ListItemReader<>(ROWS))
        .writer(rows -> {})
        .listener(counted(ROWS.size()))
        .build();
  }

  private static StepExecutionListener counted(long total) {
    return new StepExecutionListener() {
      @Override
      public void beforeStep(StepExecution step) {
        step.getExecutionContext().putLong(BatchProgress.TOTAL, total);
      }
    };
  }

  /** A step in three partitions. */
  @Bean
  Step thumbnails(JobRepository repository, Step shelf) {
    return new StepBuilder("thumbnails", repository)
        .partitioner("thumbnails", shelves())
        .step(shelf)
        .gridSize(3)
        .taskExecutor(new SimpleAsyncTaskExecutor())
        .build();
  }

  private static Partitioner shelves() {
    return count -> {
      Map<String, ExecutionContext> found = new HashMap<>();
      for (var shelf = 1; shelf <= count; shelf++) {
        found.put("shelf" + shelf, new ExecutionContext(Map.of(BatchProgress.TOTAL, 20L)));
      }
      return found;
    };
  }

  /** The work on one partition. */
  @Bean
  Step shelf(JobRepository repository) {
    return new StepBuilder("shelf", repository)
        .tasklet((contribution, context) -> RepeatStatus.FINISHED)
        .build();
  }
}
