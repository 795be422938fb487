package dev.headway.fpl.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.rules.Chip;
import dev.headway.server.json.JsonCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalysisBodyTest {
  @Test
  void read_teamAlone_hasDefaults() {
    assertThat(read("{\"team_id\":7}")).isEqualTo(AnalysisRequest.ofTeam(7));
  }

  @Test
  void read_everything_isKept() {
    var request =
        read(
            """
            {"team_id":1,"gameweek":3,"horizon":8,"free_transfers":2,
             "available_chips":["wildcard","3xc"],"risk_posture":"aggressive",
             "injury_overrides":[{"player_name":"Saka","status":"doubtful","chance":50}],
             "squad":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15],"bank":13}
            """);

    assertThat(request.gameweek()).isEqualTo(3);
    assertThat(request.availableChips())
        .containsExactlyInAnyOrder(Chip.WILDCARD, Chip.TRIPLE_CAPTAIN);
    assertThat(request.posture()).isEqualTo(RiskPosture.AGGRESSIVE);
    assertThat(request.overrides().getFirst().chance()).isEqualTo(50);
    assertThat(request.squad()).hasSize(15);
    assertThat(request.bank()).isEqualTo(13);
  }

  @Test
  void request_whatNoSchemaKnows_isNamedTogetherWithItsDefects() {
    var shape = List.of(Defect.ofField("horizon", "horizon (9) must be at most 8"));
    assertThatThrownBy(() ->
            read(
                """
                {"team_id":1,"available_chips":["wildcard","jetpack"],"risk_posture":"reckless",
                 "injury_overrides":[{"player_name":" ","status":"sleepy"}],"bank":5}
                """,
                shape))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            e ->
                assertThat(e.defects())
                    .extracting(Defect::field)
                    .containsExactly(
                        "horizon",
                        "available_chips[1]",
                        "risk_posture",
                        "injury_overrides[0].player_name",
                        "injury_overrides[0].status",
                        "bank"));
  }

  @Test
  void request_bankWithASquadOfWrongShape_isNotBlamedForIt() {
    var shape = List.of(Defect.ofField("squad[3]", "squad[3] (0) must be at least 1"));
    assertThatThrownBy(() -> read("{\"team_id\":1,\"bank\":5}", shape))
        .isInstanceOfSatisfying(
            HeadwayException.class, e -> assertThat(e.defects()).isEqualTo(shape));
  }

  private static AnalysisRequest read(String json) {
    return read(json, List.of());
  }

  private static AnalysisRequest read(String json, List<Defect> shape) {
    return JsonCodec.mapper().readValue(json, AnalysisBody.class).request(shape);
  }
}
