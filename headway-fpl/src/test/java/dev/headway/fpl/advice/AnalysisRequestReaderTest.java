package dev.headway.fpl.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.rules.Chip;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AnalysisRequestReaderTest {
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
  void read_everythingWrong_namesEveryField() {
    assertThatThrownBy(() ->
            read(
                """
                {"team_id":0,"gameweek":39,"horizon":9,"free_transfers":6,
                 "available_chips":["wildcard","jetpack"],"risk_posture":"reckless",
                 "injury_overrides":[{"status":"doubtful","chance":500}],
                 "squad":[1,2,3,4,5,6,7,8,9,10,11,12,13,13],"bank":"much"}
                """))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            e ->
                assertThat(e.defects())
                    .extracting(Defect::field)
                    .contains(
                        "team_id",
                        "gameweek",
                        "horizon",
                        "free_transfers",
                        "available_chips[1]",
                        "risk_posture",
                        "injury_overrides[0].player_name",
                        "injury_overrides[0].chance",
                        "squad[13]",
                        "squad",
                        "bank"));
  }

  @Test
  void read_noTeam_isRequired() {
    assertThatThrownBy(() -> read("{}")).hasMessage("team_id is required");
  }

  @Test
  void read_notAnObject_isRefused() {
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("JSON object");
  }

  private static AnalysisRequest read(String json) {
    return AnalysisRequestReader.read(JsonMapper.shared().readTree(json));
  }
}
