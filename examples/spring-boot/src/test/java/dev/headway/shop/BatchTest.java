package dev.headway.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobStatus;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.spring.CurrentJob;
import dev.headway.spring.batch.BatchProgress;
import dev.headway.testkit.QuickHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Executions of Spring Batch 6 that end otherwise than by completion, against a real server. */
final class BatchTest {
  @TempDir static Path data;
  private static HeadwayServer server;
  private static ConfigurableApplicationContext shop;

  @BeforeAll
  static void start() throws IOException {
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, data)).passwords(new QuickHasher()).start();
    shop =
        SpringApplication.run(
            Shop.class, "--headway.url=" + server.url(), "--spring.main.banner-mode=off");
  }

  @AfterAll
  static void stop() {
    shop.close();
    server.close();
  }

  /** Executes a job of four items, of which each chunk has two. */
  private static JobExecution execute(String name, ItemWriter<String> writer) throws Exception {
    var repository = shop.getBean(JobRepository.class);
    var progress = shop.getBean(BatchProgress.class);
    var step =
        new StepBuilder("copy", repository)
            .<String, String>chunk(2)
            .reader(new ListItemReader<>(List.of("a", "b", "c", "d")))
            .writer(writer)
            .listener(new Counted())
            .listener(progress)
            .build();
    var job = new JobBuilder(name, repository).listener(progress).start(step).build();
    return shop.getBean(JobOperator.class).start(job, new JobParameters());
  }

  /** Says how many items there are before the step begins. */
  private static final class Counted implements StepExecutionListener {
    @Override
    public void beforeStep(StepExecution step) {
      step.getExecutionContext().putLong(BatchProgress.TOTAL, 4);
    }
  }

  private static Job only(String type) {
    var jobs = shop.getBean(HeadwayClient.class).jobs(JobFilter.ALL.types(type)).jobs();
    assertThat(jobs).hasSize(1);
    return jobs.getFirst();
  }

  @Test
  void execution_thatFailsAtItsSecondChunk_failsItsJobHalfway() throws Exception {
    var chunks = new AtomicInteger();
    var execution =
        execute(
            "failing",
            items -> {
              if (chunks.incrementAndGet() > 1) {
                throw new IllegalStateException("The disk is full");
              }
            });
    assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(only("failing").status()).isEqualTo(JobStatus.FAILED);
    assertThat(only("failing").errorMessage()).contains("The disk is full");
    assertThat(only("failing").stage()).isEqualTo("copy");
    assertThat(only("failing").progress()).isEqualTo(50);
  }

  @Test
  @SuppressWarnings("removal") // Applications have such steps as long as Batch has them.
  void chunks_ofTheOlderStep_moveTheBar() throws Exception {
    var repository = shop.getBean(JobRepository.class);
    var progress = shop.getBean(BatchProgress.class);
    var step =
        new StepBuilder("copy", repository)
            .<String, String>chunk(2, new ResourcelessTransactionManager())
            .reader(new ListItemReader<>(List.of("a", "b", "c", "d")))
            .writer(items -> {
              if (items.getItems().contains("c")) {
                throw new IllegalStateException("The disk is full");
              }
            })
            .listener(new Counted())
            .listener((StepExecutionListener) progress)
            .listener((ChunkListener<?, ?>) progress)
            .build();
    var job = new JobBuilder("older", repository).listener(progress).start(step).build();
    shop.getBean(JobOperator.class).start(job, new JobParameters());
    assertThat(only("older").progress()).isEqualTo(50);
  }

  @Test
  void cancelledJob_stopsItsExecutionAfterTheChunk() throws Exception {
    var chunks = new AtomicInteger();
    var asked = new CountDownLatch(1);
    var execution =
        execute(
            "stopped",
            items -> {
              chunks.incrementAndGet();
              var job = shop.getBean(CurrentJob.class).job().orElseThrow();
              job.onCancel(asked::countDown);
              shop.getBean(HeadwayClient.class).cancel(job.begun().join().id());
              asked.await();
            });
    assertThat(execution.getStatus()).isEqualTo(BatchStatus.STOPPED);
    assertThat(chunks).hasValue(1);
    assertThat(only("stopped").status()).isEqualTo(JobStatus.CANCELLED);
  }
}
