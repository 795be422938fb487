package dev.headway.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobStatus;
import dev.headway.client.work.Progress;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.spring.health.Boot3HealthAutoConfiguration;
import dev.headway.testkit.QuickHasher;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Methods of a Spring application as jobs of a real server. */
final class HeadwayAutoConfigurationTest {
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

  @Configuration
  static class Shop {
    @Bean
    Photos photos(CurrentJob progress, Photos.Thumbnails thumbnails) {
      return new Photos(progress, thumbnails);
    }

    @Bean
    Photos.Thumbnails thumbnails(Progress progress) {
      return new Photos.Thumbnails(progress);
    }
  }

  @Configuration
  @EnableAsync
  @EnableScheduling
  static class Threads {}

  private static ApplicationContextRunner application() {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HeadwayAutoConfiguration.class))
        .withUserConfiguration(Shop.class)
        .withPropertyValues("headway.url=" + server.url(), "headway.tags=shop");
  }

  private static void run(Consumer<Photos> test) {
    application().run(context -> test.accept(context.getBean(Photos.class)));
  }

  /** All jobs of a type. */
  private static List<Job> jobs(String type) {
    return client.jobs(JobFilter.ALL.types(type)).jobs();
  }

  private static Job only(String type) {
    assertThat(jobs(type)).hasSize(1);
    return jobs(type).getFirst();
  }

  private static Job ended(String type) {
    await().until(() -> jobs(type).stream().anyMatch(job -> job.status().ended()));
    return only(type);
  }

  @Test
  void method_thatReturns_isACompletedJobWithItsProgress() {
    run(photos -> assertThat(photos.resize(3)).isEqualTo(3));
    var job = ended("Photos.resize");
    assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(job.name()).isEqualTo("Photos");
    assertThat(job.message()).isEqualTo("photo 3");
    var shown = client.rest().get("/api/v1/jobs/" + job.id());
    assertThat(shown.path("tags")).hasToString("[\"shop\",\"pictures\",\"nightly\"]");
  }

  @Test
  void method_thatThrows_failsItsJobInItsStepAndThrowsStill() {
    run(photos ->
        assertThatThrownBy(photos::copy)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("The disk is full"));
    var job = ended("Photos.copy");
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.errorMessage()).isEqualTo("The disk is full");
    assertThat(job.stage()).isEqualTo("write");
    assertThat(job.progress()).isEqualTo(50);
  }

  @Test
  void method_calledByAnothersJob_isItsChild() {
    run(Photos::album);
    assertThat(ended("thumbnails").message()).isEqualTo("drawn");
    var child = client.rest().get("/api/v1/jobs/" + only("thumbnails").id());
    assertThat(child.path("parent_id").asString()).isEqualTo(only("album").id().toString());
  }

  @Test
  void cancelledJob_leavesTheMethodAtItsNextCheck() {
    run(photos -> {
      var work =
          CompletableFuture.runAsync(() ->
              assertThatThrownBy(photos::untilCancelled).isInstanceOf(CancellationException.class));
      await().until(() -> !jobs("waiting").isEmpty());
      client.cancel(only("waiting").id());
      work.join();
    });
    assertThat(ended("waiting").status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void asyncMethod_isAJobUntilItsFutureCompletes() {
    application()
        .withUserConfiguration(Threads.class)
        .run(context -> {
          var film = new CompletableFuture<String>();
          var developed = context.getBean(Photos.class).develop(film);
          await().until(() -> !jobs("async").isEmpty() && only("async").message() != null);
          assertThat(only("async").status()).isEqualTo(JobStatus.IN_PROGRESS);
          assertThat(only("async").message())
              .isNotEqualTo("in " + Thread.currentThread().getName());
          film.complete("developed");
          assertThat(developed.join()).isEqualTo("developed");
          assertThat(ended("async").status()).isEqualTo(JobStatus.COMPLETED);
        });
  }

  @Test
  void scheduledMethod_isAJob() {
    application()
        .withUserConfiguration(Threads.class)
        .run(context -> {
          await().until(() -> jobs("scheduled").stream().anyMatch(job -> job.status().ended()));
          assertThat(jobs("scheduled")).anyMatch(job -> "clean".equals(job.message()));
        });
  }

  /** An application with Actuator's meters and health. */
  private static ApplicationContextRunner observed() {
    return application()
        .withConfiguration(
            AutoConfigurations.of(
                MetricsAutoConfiguration.class,
                SimpleMetricsExportAutoConfiguration.class,
                ObservationAutoConfiguration.class,
                Boot3HealthAutoConfiguration.class));
  }

  @Test
  void jobs_whereMetersAre_areTimersByTypeAndOutcome() {
    observed()
        .run(context -> {
          var photos = context.getBean(Photos.class);
          photos.print(true);
          photos.print(true);
          assertThatThrownBy(() -> photos.print(false)).isInstanceOf(IllegalStateException.class);
          var meters = context.getBean(MeterRegistry.class);
          var completed = meters.get("headway.job").tags("type", "print", "outcome", "completed");
          assertThat(completed.timer().count()).isEqualTo(2);
          var failed = meters.get("headway.job").tag("outcome", "failed").timer();
          assertThat(failed.getId().getTag("error")).isEqualTo("IllegalStateException");
          assertThat(meters.get("headway.job.active").longTaskTimer().activeTasks()).isZero();
        });
  }

  @Test
  void health_ofAServerThatAnswers_isUpWithItsVersion() {
    observed()
        .run(context -> {
          var health = context.getBean(HealthIndicator.class).health();
          assertThat(health.getStatus()).isEqualTo(Status.UP);
          assertThat(health.getDetails()).containsKey("version");
        });
  }

  @Test
  void health_ofAServerThatIsAwayOrRefuses_isUnknownSoThatTheApplicationStaysInService() {
    for (var setting : List.of("headway.url=http://localhost:9", "headway.token=hw_wrong")) {
      observed()
          .withPropertyValues(setting)
          .run(context -> {
            var health = context.getBean(HealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
            assertThat(health.getDetails()).containsKey("error");
          });
    }
  }

  @Test
  void health_switchedOff_isNotAsked() {
    observed()
        .withPropertyValues("management.health.headway.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
  }

  @Test
  void disabled_runsMethodsUnshown() {
    application()
        .withPropertyValues("headway.enabled=false")
        .run(context -> {
          assertThat(context.getBean(Photos.class).getClass()).isEqualTo(Photos.class);
          context.getBean(Photos.class).album();
          assertThat(context.getBean(CurrentJob.class).job()).isEmpty();
        });
  }

  @Test
  void ownClient_isUsedInPlaceOfTheSettings() {
    application()
        .withBean("mine", HeadwayClient.class, () -> client)
        .run(context -> assertThat(context.getBean(HeadwayClient.class)).isSameAs(client));
  }

  @Test
  void settings_shownAsText_keepTheToken() {
    application()
        .withPropertyValues("headway.token=hw_secret")
        .run(context ->
            assertThat(context.getBean(HeadwayProperties.class).toString())
                .contains("shop")
                .doesNotContain("hw_secret"));
  }
}
