package dev.headway.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobStatus;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.testkit.QuickHasher;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it is started, against a real server. */
final class ShopTest {
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
    var client = shop.getBean(HeadwayClient.class);
    client.register("shop@example.org", "a horse at the battery");
    client.login("shop@example.org", "a horse at the battery");
  }

  @AfterAll
  static void stop() {
    shop.close();
    server.close();
  }

  private static List<Job> jobs(String type) {
    return shop.getBean(HeadwayClient.class).jobs(JobFilter.ALL.types(type)).jobs();
  }

  private static Job ended(String type) {
    await().until(() -> jobs(type).stream().anyMatch(job -> job.status().ended()));
    return jobs(type).getFirst();
  }

  @Test
  void photos_resizedInTheBackground_areACompletedJob() {
    var photos = shop.getBean(Photos.class);
    assertThat(photos.resize(List.of("a.png", "b.png")).join()).isEqualTo(2);
    assertThat(ended("Photos.resize").name()).isEqualTo("Photos");
    assertThat(ended("Photos.resize").message()).isEqualTo("b.png");
    assertThat(ended("Photos.resize").status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void cleanUp_calledAsBySpringsClock_isAJobWithItsSteps() {
    CompletableFuture.runAsync(shop.getBean(Photos.class)::clean).join();
    assertThat(ended("Photos.clean").stage()).isEqualTo("remove");
    assertThat(ended("Photos.clean").status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void actuator_hasTheServersHealthAndTheJobsMeters() {
    var health = shop.getBean("headwayHealthIndicator", HealthIndicator.class).health();
    assertThat(Objects.requireNonNull(health).getStatus()).isEqualTo(Status.UP);
    shop.getBean(Photos.class).clean();
    var meters = shop.getBean(MeterRegistry.class);
    var timer = meters.get("headway.job").tags("type", "Photos.clean", "outcome", "completed");
    assertThat(timer.timer().count()).isPositive();
  }

  @Test
  void page_ofAJob_isThatOfALinkWithAToken() {
    try (var job = shop.getBean(HeadwayClient.class).track("Album", 0)) {
      assertThat(shop.getBean(Photos.class).page(job).toString())
          .startsWith(server.url() + "/watch#ey");
      job.complete(null);
    }
  }

  @Test
  void nightlyImport_ofSpringBatch_isAJobWithItsPartitionsAsChildren() throws Exception {
    var execution = launch();
    assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    var job = ended("nightlyImport");
    assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(job.stage()).isEqualTo("thumbnails");
    var client = shop.getBean(HeadwayClient.class);
    assertThat(client.logs(job.id(), 0).lines().getFirst().text())
        .isEqualTo("load: 250 read, 250 written, 0 filtered, 0 skipped");
    assertThat(jobs("shelf"))
        .extracting(Job::name)
        .containsExactlyInAnyOrder("shelf:shelf1", "shelf:shelf2", "shelf:shelf3");
    for (var part : jobs("shelf")) {
      var shown = client.rest().get("/api/v1/jobs/" + part.id());
      assertThat(shown.path("parent_id").asString()).isEqualTo(job.id().toString());
    }
  }

  private static JobExecution launch() throws Exception {
    return shop.getBean(JobOperator.class)
        .start(
            shop.getBean("nightlyImport", org.springframework.batch.core.job.Job.class),
            new JobParameters());
  }
}
