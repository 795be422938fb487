package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.app.config.Configuration;
import dev.headway.app.config.Configuration.Origins;
import dev.headway.client.HeadwayClient;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration, in a few seconds instead of a minute. */
final class DemoTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void show_allJobs_completeAndAreSeenWithoutAnAccount(@TempDir Path data) throws Exception {
    var flags = Map.of("port", "0", "host", "127.0.0.1", "data", data.toString());
    var quick = Map.of("HEADWAY_FPL_PLAN_SECONDS", "1", "HEADWAY_LOG_LEVEL", "warn");
    var settings = Configuration.load(new Origins(flags, quick, null)).settings();
    var out = new ByteArrayOutputStream();
    try (var installation = Installation.start(settings);
        var client = HeadwayClient.at(URI.create(installation.url())).build()) {
      var print = new PrintStream(out, true, StandardCharsets.UTF_8);
      assertThat(new Demo(client, print, new Random(7), Duration.ofMillis(5)).show()).isTrue();
      assertThat(client.jobs(JobFilter.ALL).jobs())
          .hasSize(3)
          .extracting(Job::status)
          .containsOnly(JobStatus.COMPLETED);
      await()
          .atMost(PATIENCE)
          .until(() ->
              client.rest().get("/api/v1/samples?characteristic_id=1").toString().contains("mean"));
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("without an account")
        .contains("Hash the Java runtime  100%  done");
  }
}
