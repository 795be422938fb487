package dev.headway.spring.batch5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobStatus;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.spring.CurrentJob;
import dev.headway.spring.HeadwayAutoConfiguration;
import dev.headway.testkit.QuickHasher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.launch.JobLauncher;
import org.springframework.batch.item.ItemWriter;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Executions of Spring Batch 5 as jobs of a real server. */
final class BatchAutoConfigurationTest {
  @TempDir static Path data;
  private static HeadwayServer server;
  private static HeadwayClient client;

  @BeforeAll
  static void start() throws IOException {
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, data)).passwords(new QuickHasher()).start();
    client = HeadwayClient.at(URI.create(server.url())).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  /** An application whose job of this name gives its items to a writer. */
  private static ApplicationContextRunner application(String job, ItemWriter<String> writer) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                DataSourceAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                org.springframework.boot.autoconfigure.batch.BatchAutoConfiguration.class,
                HeadwayAutoConfiguration.class,
                BatchAutoConfiguration.class))
        .withUserConfiguration(Nightly.class)
        .withBean(ItemWriter.class, () -> writer)
        .withPropertyValues(
            "headway.url=" + server.url(),
            "headway.tags=night",
            "job=" + job,
            "spring.batch.job.enabled=false",
            "spring.datasource.generate-unique-name=true");
  }

  private static JobExecution execute(ApplicationContext context) throws Exception {
    return context
        .getBean(JobLauncher.class)
        .run(context.getBean(org.springframework.batch.core.Job.class), new JobParameters());
  }

  private static Job only(String type) {
    var jobs = client.jobs(JobFilter.ALL.types(type)).jobs();
    assertThat(jobs).hasSize(1);
    return jobs.getFirst();
  }

  @Test
  void execution_thatCompletes_isAJobWithItsPartitionsAsChildren() {
    application("night", items -> {})
        .run(context -> assertThat(execute(context).getStatus()).isEqualTo(BatchStatus.COMPLETED));
    var job = only("night");
    assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(job.stage()).isEqualTo("shelves");
    assertThat(client.logs(job.id(), 0).lines().getFirst().text())
        .isEqualTo("copy: 4 read, 4 written, 0 filtered, 0 skipped");
    var shelves = client.jobs(JobFilter.ALL.types("shelf")).jobs();
    assertThat(shelves)
        .extracting(Job::name)
        .containsExactlyInAnyOrder("shelf:left", "shelf:right");
    for (var shelf : shelves) {
      var shown = client.rest().get("/api/v1/jobs/" + shelf.id());
      assertThat(shown.path("parent_id").asString()).isEqualTo(job.id().toString());
      assertThat(shown.path("tags")).hasToString("[\"night\"]");
    }
  }

  @Test
  void execution_thatFailsAtItsSecondChunk_failsItsJobHalfway() {
    var chunks = new AtomicInteger();
    application(
            "failing",
            items -> {
              if (chunks.incrementAndGet() > 1) {
                throw new IllegalStateException("The disk is full");
              }
            })
        .run(context -> assertThat(execute(context).getStatus()).isEqualTo(BatchStatus.FAILED));
    assertThat(only("failing").status()).isEqualTo(JobStatus.FAILED);
    assertThat(only("failing").errorMessage()).contains("The disk is full");
    assertThat(only("failing").progress()).isEqualTo(50);
  }

  @Test
  void cancelledJob_stopsItsExecutionAfterTheChunk() {
    var written = new AtomicInteger();
    var asked = new CountDownLatch(1);
    var current = new CurrentJob();
    application(
            "stopped",
            items -> {
              written.addAndGet(items.size());
              var job = current.job().orElseThrow();
              job.onCancel(asked::countDown);
              client.cancel(job.begun().join().id());
              asked.await();
            })
        .run(context -> assertThat(execute(context).getStatus()).isEqualTo(BatchStatus.STOPPED));
    assertThat(written).hasValue(2);
    assertThat(only("stopped").status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void disabled_showsNothing() {
    application("unshown", items -> {})
        .withPropertyValues("headway.enabled=false")
        .run(context -> {
          assertThat(context).doesNotHaveBean(BatchProgress.class);
          assertThat(execute(context).getStatus()).isEqualTo(BatchStatus.COMPLETED);
        });
    assertThat(client.jobs(JobFilter.ALL.types("unshown")).jobs()).isEqualTo(List.of());
  }
}
