package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.app.FillingServer.Setup;
import dev.headway.filling.strategy.Strategy;
import dev.headway.server.ServerConfig;
import dev.headway.server.json.JsonCodec;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that goes while it plans, and comes again on the same database. */
final class RestartTest {
  @TempDir Path directory;

  private static ServerConfig impatient(ServerConfig config) {
    return config.withListen(config.listen().withDrain(Duration.ofMillis(50)));
  }

  @Test
  void restart_inMidPlanning_theScheduleEndsAndItsWatcherSeesIt() throws Exception {
    var gate = new GatedPlanner(1, false);
    var setup = Setup.in(directory);
    String token;
    long schedule;
    try (var server =
        new FillingServer(setup.with(impatient(setup.server())).with(Strategy.SMART_PACK, gate))) {
      token = server.signIn("ada@example.org");
      schedule = server.submit(token, FillingServer.THREE_LOTS);
      gate.awaitReached();
      try (var watcher = server.watch("schedule", schedule, token)) {
        watcher.awaitText("1 of 3 lots placed");
      }
    }
    try (var server = new FillingServer(setup)) {
      var end = server.awaitEnd("schedule", schedule, token);
      assertThat(end.path("type").asString()).isEqualTo("complete");
      var shown = server.get("/api/v1/schedule/" + schedule, token).json();
      assertThat(shown.path("status").asString()).isEqualTo("completed");
      assertThat(shown.path("activities_json").size()).isEqualTo(6);
      var job = server.get("/api/v1/jobs/" + shown.path("job_id").asString(), token).json();
      assertThat(job.path("attempt").asInt()).isEqualTo(2);
    }
  }

  @Test
  void schedule_ofLotsThatAreReadOtherwiseNow_keepsItsFiguresAndSaysWhatIsWrong() throws Exception {
    try (var server = new FillingServer(directory)) {
      var token = server.signIn("ada@example.org");
      var schedule = server.submit(token, FillingServer.THREE_LOTS);
      server.awaitEnd("schedule", schedule, token);
      server
          .database()
          .write(handle ->
              handle.execute(
                  "UPDATE filling_schedule SET lots = replace(lots, '199200', '\"199.200\"')"));

      var shown = server.get("/api/v1/schedule/" + schedule, token);
      var export = server.get("/api/v1/schedule/" + schedule + "/export", token);

      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.json().path("status").asString()).isEqualTo("completed");
      assertThat(shown.json().path("kpis_json").path("makespan_hours").isNumber()).isTrue();
      assertThat(shown.json().path("errors").toString()).contains("199.200");
      assertThat(export.status()).isEqualTo(409);
      assertThat(export.response().body()).contains("plan them again");
    }
  }

  @Test
  void restart_afterTheEnd_showsTheSameEnd() throws Exception {
    String token;
    long schedule;
    String before;
    try (var server = new FillingServer(directory)) {
      token = server.signIn("ada@example.org");
      schedule = server.submit(token, FillingServer.THREE_LOTS);
      before = server.awaitEnd("schedule", schedule, token).path("result").toString();
    }
    try (var server = new FillingServer(directory)) {
      var after = server.awaitEnd("schedule", schedule, token);
      assertThat(after.path("result")).isEqualTo(JsonCodec.mapper().readTree(before));
    }
  }
}
