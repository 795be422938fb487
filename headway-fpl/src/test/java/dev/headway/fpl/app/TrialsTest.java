package dev.headway.fpl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.fpl.robust.Advice.ChipPlay;
import dev.headway.fpl.rules.Chip;
import dev.headway.server.json.JsonCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Advice that is tested in the background, through the public door. */
final class TrialsTest {
  @TempDir static Path directory;
  private static FplServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new FplServer(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void analysis_withTrials_namesAJobThatTellsTheSharesAsTheyCome() {
    var test = tested("{\"team_id\": 1, \"horizon\": 2, \"trials\": 3}");

    var events = server.lines("/api/v1/jobs/" + test + "/events");
    assertThat(events).contains("make no transfer in 100 %");
    var job = server.get("/api/v1/jobs/" + test, null).json();
    assertThat(job.at("/status").asString()).isEqualTo("completed");
    assertThat(job.at("/result_payload/done").asInt()).isEqualTo(3);
    assertThat(job.at("/result_payload/confidence_score").asDouble()).isEqualTo(1);
    assertThat(job.at("/result_payload/decisions/0/advised").asBoolean()).isTrue();
    var children = server.get("/api/v1/jobs?parent_id=" + test, null).json();
    assertThat(children.path("jobs").values())
        .extracting(child -> child.path("name").asString() + " " + child.path("status").asString())
        .containsExactlyInAnyOrder(
            "Trial 1 of 3 completed", "Trial 2 of 3 completed", "Trial 3 of 3 completed");
  }

  @Test
  void analysis_askedAgain_isTestedOnItsOwn() {
    var asked = "{\"team_id\": 2, \"horizon\": 2, \"trials\": 1}";

    assertThat(tested(asked)).isNotEqualTo(tested(asked));
  }

  @Test
  void analysis_withoutTrials_hasNoTest() {
    var analysis = server.analysed(null, "{\"team_id\": 3, \"horizon\": 1}");

    assertThat(analysis.path("results").has("robustness")).isFalse();
  }

  @Test
  void analysis_tooManyTrials_isRefused() {
    var answer = server.post("/api/v1/analyze", null, "{\"team_id\": 1, \"trials\": 101}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("trials");
  }

  @Test
  void advised_decision_isItsFirstWeek() {
    var decision =
        json(
            """
            {"primary_decision": "CHIP",
             "transfer_recommendations": [{"player_in_id": 9, "player_out_id": 4}],
             "plan": [{"chip": "wildcard"}, {"chip": null}, {"chip": "bench_boost"}]}
            """);
    var first =
        json(
            """
            {"primary_decision": "SQUAD", "transfer_recommendations": [],
             "optimized_xi": {"starters": [{"player_id": 7}], "bench": [{"player_id": 5}]},
             "plan": [{"chip": null}]}
            """);

    assertThat(RobustnessWork.advised(decision).toString())
        .contains("[9]", "[4]", "chip=WILDCARD]");
    assertThat(RobustnessWork.advised(decision).chips())
        .containsExactly(new ChipPlay(Chip.WILDCARD, 0), new ChipPlay(Chip.BENCH_BOOST, 2));
    assertThat(RobustnessWork.advised(first).first().bought()).containsExactly(5, 7);
  }

  private static UUID tested(String asked) {
    var analysis = server.analysed(null, asked);
    return UUID.fromString(analysis.at("/results/robustness/job_id").asString());
  }

  private static JsonNode json(String text) {
    return JsonCodec.mapper().readTree(text);
  }
}
