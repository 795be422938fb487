package dev.headway.fpl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.json.JsonCodec;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The routes of the planner: plans while they are found, players, other constraints, names. */
final class PlannerTest {
  @TempDir static Path directory;
  private static FplServer server;
  private static JsonNode asked;

  @BeforeAll
  static void start() throws IOException {
    server = new FplServer(directory);
    asked = server.analysed(null, "{\"team_id\": 1, \"horizon\": 2, \"name\": \"As it is\"}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void analysis_whileItIsSearched_showsTheBestPlanSoFar() {
    var id = server.submit(null, "{\"team_id\": 1, \"horizon\": 8}");
    try (var watcher = server.watch(id, null)) {
      var frame =
          JsonCodec.mapper()
              .readTree(watcher.await(text -> text.contains("\"partial\":{\"plan\"")));
      var plan = frame.at("/partial/plan");
      assertThat(plan).hasSize(8);
      assertThat(plan.path(0).path("gameweek").asInt()).isEqualTo(2);
      assertThat(plan.path(0).path("starters")).hasSize(11);
      assertThat(plan.path(0).path("bench")).hasSize(4);
      assertThat(plan.path(7).path("free_transfers").asInt()).isEqualTo(5);
      assertThat(plan.path(7).path("bank").asInt()).isNotNegative();
    }
  }

  @Test
  void players_ofAnAnalysis_areTheSquadAndEverybodyWhoCanBeBought() {
    var market = server.get(path() + "/players", null).json();

    assertThat(market.path("gameweeks").toString()).isEqualTo("[2,3]");
    assertThat(market.path("players").size()).isGreaterThan(400);
    var owned =
        market.path("players").values().stream()
            .filter(player -> player.path("selling_price").isNumber())
            .toList();
    assertThat(owned).hasSize(15);
    assertThat(owned.getFirst().path("expected_pts")).hasSize(2);
    assertThat(owned.getFirst().path("club").asString()).hasSize(3);
  }

  @Test
  void players_ofAnAnalysisThatFailedByItsConstraints_areThere() {
    var failed =
        server.analysed(
            null, "{\"team_id\": 1, \"horizon\": 1, \"constraints\": {\"no_transfers\": [9]}}");

    assertThat(failed.path("status").asString()).isEqualTo("failed");
    var path = "/api/v1/analyze/" + failed.path("analysis_id").asString() + "/players";
    assertThat(server.get(path, null).status()).isEqualTo(200);
  }

  @Test
  void replan_withConstraints_asksTheSameWithThese() {
    var constraints = "{\"constraints\": {\"no_transfers\": [3]}, \"name\": \"Patient\"}";

    var answer = server.post(path() + "/replan", null, constraints);

    assertThat(answer.status()).isEqualTo(202);
    var id = answer.json().path("analysis_id").asString();
    server.awaitEnd(id, null);
    var shown = server.get("/api/v1/analyze/" + id, null).json();
    assertThat(shown.path("name").asString()).isEqualTo("Patient");
    assertThat(shown.at("/request/horizon").asInt()).isEqualTo(2);
    assertThat(shown.at("/request/constraints/no_transfers/0").asInt()).isEqualTo(3);
    assertThat(shown.at("/results/plan")).hasSize(2);
  }

  @Test
  void replan_constraintsOfAnotherShape_areRefused() {
    var answer =
        server.post(
            path() + "/replan",
            null,
            "{\"constraints\": {\"locks\": [{}], \"no_transfers\": [39]}, \"name\": \"\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors").size()).isEqualTo(3);
  }

  @Test
  void rename_analysis_isShownAndListedByName() {
    var id =
        server.analysed(null, "{\"team_id\": 2, \"horizon\": 1}").path("analysis_id").asString();
    var path = "/api/v1/analyze/" + id;
    var before = server.get(path, null).response().headers().firstValue("ETag");

    var renamed = server.call("PATCH", path, null, "{\"name\": \"Wildcard now\"}");

    assertThat(renamed.json().path("name").asString()).isEqualTo("Wildcard now");
    assertThat(server.get(path, null).json().path("name").asString()).isEqualTo("Wildcard now");
    assertThat(server.get(path, null).response().headers().firstValue("ETag")).isNotEqualTo(before);
    assertThat(listed("?team_id=2&named=true")).isEqualTo(1);
    assertThat(listed("?team_id=3&named=true")).isZero();

    server.call("PATCH", path, null, "{\"name\": null}");

    assertThat(listed("?team_id=2&named=true")).isZero();
    assertThat(server.get(path, null).response().headers().firstValue("ETag")).isEqualTo(before);
  }

  @Test
  void request_withATable_isShownWithoutIt() {
    var shown =
        server.analysed(
            null,
            "{\"team_id\": 1, \"horizon\": 1, \"projections\": \"player_id,gw,points,minutes\\n411,2,9.5,90\\n\"}");

    assertThat(shown.at("/request/team_id").asInt()).isEqualTo(1);
    assertThat(shown.path("request").has("projections")).isFalse();
  }

  private static int listed(String query) {
    return server.get("/api/v1/analyze" + query, null).json().path("total").asInt();
  }

  private static String path() {
    return "/api/v1/analyze/" + asked.path("analysis_id").asString();
  }
}
