package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.app.FillingServer.Setup;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.Strategy;
import dev.headway.server.json.JsonCodec;
import dev.headway.testkit.net.RecordingWatcher.Closed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class ComparisonTest {
  private static final String LOTS =
      """
      "lots_data": [
        {"lot_id": "A1", "lot_type": "alpha", "vials": 199200},
        {"lot_id": "B1", "lot_type": "beta", "vials": 398400},
        {"lot_id": "A2", "lot_type": "alpha", "vials": 597600},
        {"lot_id": "B2", "lot_type": "beta", "vials": 398400},
        {"lot_id": "A3", "lot_type": "alpha", "vials": 796800}]
      """;

  @TempDir Path directory;

  private static String request(String strategies) {
    return "{\"name\": \"Which\", %s, \"strategies\": [%s]}".formatted(LOTS, strategies);
  }

  private static long submit(FillingServer server, String token, String strategies) {
    var answer = server.post("/api/v1/compare", token, request(strategies));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    assertThat(answer.response().headers().firstValue("Location"))
        .hasValue("/api/v1/compare/" + answer.json().path("id").asLong());
    return answer.json().path("id").asLong();
  }

  private static List<JsonNode> frames(List<String> texts) {
    return texts.stream().map(JsonCodec.mapper()::readTree).toList();
  }

  @Test
  void compare_threeStrategies_namesTheBestWithItsReason() throws IOException {
    try (var server = new FillingServer(directory)) {
      var token = server.signIn("ada@example.org");
      var id = submit(server, token, "\"smart\", \"CFS_PACK\", \"given\"");
      var result = server.awaitEnd("comparison", id, token).path("result");
      assertThat(result.path("comparison_id").asLong()).isEqualTo(id);
      assertThat(
              result.path("strategies").values().stream()
                  .map(row -> row.path("strategy").asString()))
          .containsExactly("smart-pack", "cfs-pack", "given");
      var best = result.path("best_makespan").asDouble();
      assertThat(result.path("strategies").values())
          .allSatisfy(
              row -> assertThat(row.path("makespan").asDouble()).isGreaterThanOrEqualTo(best));
      assertThat(result.path("recommendation").asString())
          .startsWith(result.path("best_strategy").asString() + " gives the shortest makespan");
      var shown = server.get("/api/v1/compare/" + id, token).json();
      assertThat(shown.path("recommendation")).isEqualTo(result.path("recommendation"));
      assertThat(shown.path("results").size()).isEqualTo(3);
      var reference = shown.path("results").path(2);
      assertThat(reference.path("kpis_json").path("vs_given").path("makespan_hours").asDouble())
          .isZero();
      assertThat(reference.path("activities_json").size())
          .isEqualTo(
              reference.path("kpis_json").path("clean_count").asInt()
                  + reference.path("lots_scheduled").asInt()
                  + reference.path("changeovers").asInt());
    }
  }

  @Test
  void watch_severalStrategies_showsEachInOrderAtItsShare() throws Exception {
    var gate = new GatedPlanner(1, false);
    var setup = Setup.in(directory).with(Strategy.SMART_PACK, gate);
    try (var server = new FillingServer(setup)) {
      var token = server.signIn("ada@example.org");
      var id = submit(server, token, "\"smart-pack\", \"lpt-pack\", \"given\"");
      gate.awaitReached();
      try (var watcher = server.watch("comparison", id, token)) {
        // lpt-pack is done by now, or could be: nothing of it shows before smart-pack has ended.
        var first = JsonCodec.mapper().readTree(watcher.awaitText("(1 of 5 lots placed)"));
        assertThat(first.path("step").asString()).isEqualTo("strategy_1");
        assertThat(first.path("progress").asInt()).isEqualTo(19);
        assertThat(first.path("message").asString())
            .isEqualTo("Running strategy 1/3: smart-pack… (1 of 5 lots placed)");
        gate.open();
        assertThat(watcher.awaitClose()).isEqualTo(new Closed(1000, "Ended"));
        var seen = frames(watcher.seen());
        assertThat(seen.stream().map(frame -> frame.path("progress").asInt()).toList()).isSorted();
        assertThat(seen.stream().map(frame -> frame.path("step").asString()).distinct())
            .containsExactly(
                "strategy_1", "strategy_2", "strategy_3", "analyzing", "saving", "complete");
        assertThat(begins(seen)).endsWith(35, 55, 90, 95, 100);
      }
    }
  }

  private static List<Integer> begins(List<JsonNode> frames) {
    return frames.stream()
        .map(frame -> frame.path("step").asString())
        .distinct()
        .map(step ->
            frames.stream()
                .filter(frame -> frame.path("step").asString().equals(step))
                .mapToInt(frame -> frame.path("progress").asInt())
                .min()
                .orElseThrow())
        .toList();
  }

  @Test
  void compare_oneStrategyFails_isARowWithItsError() throws IOException {
    Planner broken =
        (_, _) -> {
          throw new IllegalStateException("secret"); // is logged
        };
    var setup = Setup.in(directory).with(Strategy.LPT_PACK, broken);
    try (var server = new FillingServer(setup)) {
      var token = server.signIn("ada@example.org");
      var id = submit(server, token, "\"lpt-pack\", \"spt-pack\"");
      var end = server.awaitEnd("comparison", id, token);
      assertThat(end.path("type").asString()).isEqualTo("complete");
      var failed = end.path("result").path("strategies").path(0);
      assertThat(failed.path("status").asString()).isEqualTo("failed");
      assertThat(failed.path("makespan").isNull()).isTrue();
      assertThat(failed.path("error").asString())
          .startsWith("lpt-pack failed unexpectedly")
          .doesNotContain("secret");
      assertThat(end.path("result").path("best_strategy").asString()).isEqualTo("spt-pack");
      assertThat(end.path("result").path("recommendation").asString()).startsWith("spt-pack gives");
    }
  }

  @Test
  void compare_allFail_failsWithEveryReason() throws IOException {
    Planner broken =
        (_, _) -> {
          throw new IllegalStateException("secret"); // is logged
        };
    var setup = Setup.in(directory).with(Strategy.LPT_PACK, broken).with(Strategy.SPT_PACK, broken);
    try (var server = new FillingServer(setup)) {
      var token = server.signIn("ada@example.org");
      var id = submit(server, token, "\"lpt-pack\", \"spt-pack\"");
      var end = server.awaitEnd("comparison", id, token);
      assertThat(end.path("error").path("code").asString()).isEqualTo("EXECUTION_ERROR");
      assertThat(end.path("error").path("details").asString()).contains("lpt-pack", "spt-pack");
      var shown = server.get("/api/v1/compare/" + id, token).json();
      assertThat(shown.path("status").asString()).isEqualTo("failed");
    }
  }

  @Test
  void create_badInput_namesEveryDefectAndStartsNothing() throws IOException {
    try (var server = new FillingServer(directory)) {
      var token = server.signIn("ada@example.org");
      var answer =
          server.post(
              "/api/v1/compare",
              token,
              """
              {"lots_data": [{"lot_id": "X", "lot_type": "alpha", "vials": -1},
                             {"lot_id": "Y", "lot_type": "alpha", "vials": 9000000}],
               "strategies": ["smart", "smart-pack", "fastest", "milp-opt"],
               "config": {"clean_hors": 1}}
              """);
      assertThat(answer.status()).isEqualTo(400);
      var messages =
          answer.json().path("errors").values().stream()
              .map(error -> error.path("message").asString())
              .toList();
      assertThat(messages)
          .anyMatch(message -> message.contains("positive whole number"))
          .anyMatch(message -> message.contains("Did you mean 'clean_hours'"))
          .anyMatch(message -> message.contains("is already strategies[0]"))
          .anyMatch(message -> message.contains("'fastest' is unknown"))
          .anyMatch(message -> message.contains("'milp-opt' is not available in this build"));
      for (var strategies : List.of("", "\"smart\"", "\"smart\", 7")) {
        assertThat(server.post("/api/v1/compare", token, request(strategies)).status())
            .isEqualTo(400);
      }
      var nine = "\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"";
      assertThat(server.post("/api/v1/compare", token, request(nine)).toString())
          .contains("strategies must have at most 8 entries");
      assertThat(server.get("/api/v1/comparisons", token).json().path("total").asInt()).isZero();
    }
  }

  @Test
  void create_fromAForm_takesTheFileAndTheNames() throws IOException {
    try (var server = new FillingServer(directory)) {
      var token = server.signIn("ada@example.org");
      var csv = "Lot ID,Type,Vials\nA,alpha,1000\nB,beta,2000\n".getBytes(StandardCharsets.UTF_8);
      var answer =
          server.upload("/api/v1/compare", token, csv, "strategies", "smart, lpt", "name", "F");
      assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
      assertThat(answer.json().path("strategies").size()).isEqualTo(2);
      assertThat(answer.json().path("watch").path("stream").asString())
          .isEqualTo("comparison:" + answer.json().path("id").asLong());
    }
  }

  @Test
  void cancel_keepPartial_comparesWhatThereIs() throws Exception {
    var gate = new GatedPlanner(1, false);
    try (var server = new FillingServer(Setup.in(directory).with(Strategy.SMART_PACK, gate))) {
      var token = server.signIn("ada@example.org");
      var id = submit(server, token, "\"given\", \"smart-pack\"");
      gate.awaitReached();
      try (var watcher = server.watch("comparison", id, token)) {
        watcher.awaitText("strategy_2");
        var path = "/api/v1/compare/%d/cancel".formatted(id);
        assertThat(server.post(path, token, "{\"keep_partial\":true}").status()).isEqualTo(202);
        assertThat(watcher.awaitClose().code()).isEqualTo(1000);
        assertThat(watcher.seen().getLast()).contains("\"CANCELLED\"");
        assertThat(server.post(path, token, "{}").status()).isEqualTo(409);
      }
      var shown = server.get("/api/v1/compare/" + id, token).json();
      assertThat(shown.path("status").asString()).isEqualTo("cancelled");
      assertThat(shown.path("partial").asBoolean()).isTrue();
      assertThat(shown.path("best_strategy").asString()).isEqualTo("given");
      assertThat(shown.path("results").path(1).path("status").asString()).isEqualTo("cancelled");
      assertThat(server.call("DELETE", "/api/v1/compare/" + id, token, null).status())
          .isEqualTo(200);
      assertThat(server.get("/api/v1/compare/" + id, token).status()).isEqualTo(404);
    }
  }

  @Test
  void adopt_planOfAComparison_isAScheduleWithThatPlanAndItsBound() throws IOException {
    try (var server = new FillingServer(directory)) {
      var token = server.signIn("ada@example.org");
      var id = submit(server, token, "\"smart\", \"given\"");
      server.awaitEnd("comparison", id, token);
      var answer =
          server.post("/api/v1/compare/" + id + "/adopt", token, "{\"strategy\": \"csv-order\"}");
      assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
      var schedule = answer.json().path("id").asLong();
      server.awaitEnd("schedule", schedule, token);
      var shown = server.get("/api/v1/schedule/" + schedule, token).json();
      var row = server.get("/api/v1/compare/" + id, token).json().path("results").path(1);
      assertThat(shown.path("activities_json")).isEqualTo(row.path("activities_json"));
      assertThat(shown.path("strategy").asString()).isEqualTo("given");
      assertThat(shown.path("name").asString()).isEqualTo("Which");
      assertThat(shown.path("lower_bound")).isEqualTo(row.path("lower_bound"));
    }
  }

  @Test
  void adopt_strategyUnknownOrNotCompared_isRefused() throws IOException {
    try (var server = new FillingServer(directory)) {
      var token = server.signIn("ada@example.org");
      var id = submit(server, token, "\"smart\", \"given\"");
      server.awaitEnd("comparison", id, token);
      var path = "/api/v1/compare/" + id + "/adopt";
      assertThat(server.post(path, token, "{\"strategy\": \"none\"}").status()).isEqualTo(400);
      var other = server.post(path, token, "{\"strategy\": \"lpt-pack\"}");
      assertThat(other.status()).isEqualTo(409);
      assertThat(other.response().body()).contains("no plan of lpt-pack");
    }
  }
}
