package dev.headway.fpl.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.data.StoredSource;
import dev.headway.fpl.plan.search.HostedPlanSolver;
import dev.headway.server.json.JsonCodec;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whole analyses of the shipped season. */
class AnalysisTest {
  private static final SolverHost HOST =
      new SolverHost(ChildLauncher.sameClassPath(), 1, InstantSource.system());
  private static final Analysis ANALYSIS =
      new Analysis(StoredSource.sample(), new HostedPlanSolver(HOST), AnalysisLimits.DEFAULT);

  @AfterAll
  static void closeHost() {
    HOST.close();
  }

  @Test
  void run_sampleTeam_answersTheWholeContract() throws Exception {
    var heard = new Heard(null);

    var decision = run(request("{\"team_id\":1,\"horizon\":1}"), heard).json();

    assertThat(decision.propertyNames())
        .contains(
            "primary_decision",
            "reasoning",
            "confidence_score",
            "confidence_label",
            "transfer_recommendations",
            "captaincy",
            "chip_guidance",
            "optimized_xi",
            "risk_scenarios",
            "horizon",
            "plan",
            "next_best_plans",
            "solver",
            "data_source");
    assertThat(decision.at("/optimized_xi/starters")).hasSize(11);
    assertThat(decision.at("/optimized_xi/bench")).hasSize(4);
    assertThat(decision.at("/optimized_xi/starters/0/explanation/fixtures").isNumber()).isTrue();
    assertThat(decision.at("/captaincy/alternatives")).hasSize(3);
    assertThat(decision.at("/risk_scenarios").size()).isGreaterThanOrEqualTo(11);
    assertThat(decision.at("/solver/status").asString()).isEqualTo("OPTIMAL");
    assertThat(decision.at("/solver/gap").doubleValue()).isZero();
    assertThat(decision.at("/data_source").asString()).isEqualTo("sample");
    assertThat(heard.phases)
        .containsExactly(
            Phase.COLLECTING_DATA,
            Phase.ANALYZING_SQUAD,
            Phase.OPTIMIZING_TRANSFERS,
            Phase.CHOOSING_CAPTAIN,
            Phase.FORMATTING_RESULTS);
    assertThat(heard.partials.getFirst().at("/plan/0/starters")).hasSize(11);
    assertThat(heard.partials.getFirst().has("captaincy")).isFalse();
    assertThat(heard.partials.getLast().path("plan")).isEqualTo(decision.path("plan"));
    assertThat(heard.partials.getLast().path("captaincy")).isEqualTo(decision.path("captaincy"));
  }

  @Test
  void run_captainInjured_choosesAnother() throws Exception {
    var before = run(request("{\"team_id\":1,\"horizon\":1}"), new Heard(null));
    var captain = before.captaincy().captain();
    var injured =
        "{\"team_id\":1,\"horizon\":1,\"injury_overrides\":[{\"player_name\":\"%s\",\"status\":\"i\"}]}"
            .formatted(captain.playerName());

    var after = run(request(injured), new Heard(null));

    assertThat(after.captaincy().captain().playerId()).isNotEqualTo(captain.playerId());
  }

  @Test
  void run_unknownTeam_saysSo() {
    assertThatThrownBy(() -> run(AnalysisRequest.ofTeam(99), new Heard(null)))
        .hasMessage("Team 99 not found");
  }

  @Test
  void run_pastGameweek_saysWhichIsNext() {
    assertFailure("{\"team_id\":1,\"gameweek\":1}", "the next is gameweek 2");
  }

  @Test
  void run_impossibleSquad_namesEverythingWrong() {
    // Four goalkeepers, one defender too few and one midfielder too few, at more than the budget.
    var squad = "[496,109,1,350,8,418,11,334,427,557,426,154,346,411,165]";

    assertThatThrownBy(() ->
            run(
                request(
                    "{\"team_id\":1,\"squad\":%s,\"bank\":500,\"injury_overrides\":%s}"
                        .formatted(squad, "[{\"player_name\":\"Henderson\",\"status\":\"i\"}]")),
                new Heard(null)))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            e ->
                assertThat(e.defects().toString())
                    .contains("4 goalkeepers; it must have 2")
                    .contains("4 defenders; it must have 5")
                    .contains("the budget is 100.0m")
                    .contains("'Henderson' may be"));
  }

  @Test
  void run_cancelledWhileSearching_endsAtOnce() {
    assertThatThrownBy(() -> run(AnalysisRequest.ofTeam(1), new Heard(Phase.OPTIMIZING_TRANSFERS)))
        .isInstanceOfSatisfying(
            HeadwayException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
  }

  private static void assertFailure(String json, String message) {
    assertThatThrownBy(() -> run(request(json), new Heard(null)))
        .isInstanceOf(HeadwayException.class)
        .hasMessageContaining(message);
  }

  private static DecisionOutput run(AnalysisRequest request, Heard heard)
      throws InterruptedException {
    return ANALYSIS.decide(request, ANALYSIS.collect(request, heard), heard);
  }

  private static AnalysisRequest request(String json) {
    return JsonCodec.mapper().readValue(json, AnalysisBody.class).request(List.of());
  }

  private static final class Heard implements AnalysisListener {
    private final List<Phase> phases = new ArrayList<>();
    private final List<JsonNode> partials = new ArrayList<>();
    private final @Nullable Phase stopIn;

    Heard(@Nullable Phase stopIn) {
      this.stopIn = stopIn;
    }

    @Override
    public void phase(Phase phase, String message) {
      phases.add(phase);
    }

    @Override
    public void fraction(double fraction, String message) {
      assertThat(fraction).isBetween(0.0, 1.0);
    }

    @Override
    public void partial(JsonNode known) {
      partials.add(known);
    }

    @Override
    public boolean stopRequested() {
      return stopIn != null && phases.contains(stopIn);
    }
  }
}
