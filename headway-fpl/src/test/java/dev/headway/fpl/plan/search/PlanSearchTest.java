package dev.headway.fpl.plan.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.SquadRules;
import dev.headway.solver.SolverContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The search against trying every plan of a small game. */
@Execution(ExecutionMode.CONCURRENT) // the longest of the module, which would end alone
class PlanSearchTest {
  private static final List<ChipOption> CHIPS =
      List.of(
          ChipOption.of(Chip.WILDCARD, 0, 1, 3),
          ChipOption.of(Chip.BENCH_BOOST, 0, 1, 2.5),
          ChipOption.of(Chip.TRIPLE_CAPTAIN, 1, 1, 6));

  private static final int TRIALS = Integer.getInteger("headway.plan.trials", 12);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void run_smallGame_asGoodAsTryingEverything(long seed) {
    var request = SmallLeague.random(seed, PlanWeights.ofCaution(1), List.of());

    assertOptimal(request);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
  void run_smallGameWithChips_asGoodAsTryingEverything(long seed) {
    assertOptimal(SmallLeague.random(seed, PlanWeights.ofCaution(1), CHIPS));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34})
  void run_smallGamePointsOnly_asGoodAsTryingEverything(long seed) {
    assertOptimal(SmallLeague.random(seed, PlanWeights.pointsOnly(), CHIPS));
  }

  @Test
  void run_generatedGames_valueOfTheSecondFormulation() {
    for (long seed = 0; seed < TRIALS; seed++) {
      assertSecondFormulationAgrees(SmallLeague.generated(seed), seed);
    }
  }

  @Test
  void run_generatedGamesWithoutASquad_valueOfTheSecondFormulation() {
    for (long seed = 0; seed < TRIALS; seed++) {
      assertSecondFormulationAgrees(SmallLeague.fresh(seed), seed);
    }
  }

  @Test
  void run_generatedGamesWithDemands_valueOfTheSecondFormulation() {
    for (long seed = 0; seed < 2L * TRIALS; seed++) {
      assertSecondFormulationAgrees(SmallLeague.demanding(seed), seed);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void run_smallGameWithChips_valueOfHighs(long seed) {
    var request = SmallLeague.random(seed, PlanWeights.ofCaution(1), CHIPS);

    var whole = new WholePlanTask().solve(PlanJson.write(request), ALONE);

    assertThat(whole.path("status").asString()).isEqualTo("OPTIMAL");
    assertThat(whole.path("objective").asDouble())
        .isCloseTo(run(request).objective(), within(1e-4));
  }

  private static final SolverContext ALONE =
      new SolverContext() {
        @Override
        public void report(JsonNode event) {}

        @Override
        public boolean stopRequested() {
          return false;
        }

        @Override
        public void onStop(Runnable action) {}
      };

  private static void assertSecondFormulationAgrees(PlanRequest request, long seed) {
    var result = run(request);

    var best = CashFlowPlan.best(request);
    assertThat(result.status())
        .as("seed %d", seed)
        .isEqualTo(best.isPresent() ? PlanResult.Status.OPTIMAL : PlanResult.Status.INFEASIBLE);
    best.ifPresent(value -> {
      assertThat(result.objective()).as("seed %d", seed).isCloseTo(value, within(1e-4));
      assertThat(result.bound()).as("seed %d", seed).isGreaterThanOrEqualTo(result.objective());
    });
  }

  /* Eleven or fifteen players of 4 points: the figures follow from the published objective. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2", "2, 1.6", "3, 1.3", "4, 1.1", "5, 0"})
  void run_nothingToGain_worthTheChangeOfSavedTransfers(int free, double change) {
    var everybody =
        SamplePlans.request(true, 0, 1, (_, _) -> 0.0).candidates().stream()
            .map(c ->
                new Candidate(
                    c.id(),
                    c.position(),
                    c.club(),
                    c.price(),
                    c.sellingPrice(),
                    c.owned(),
                    List.of(c.owned() ? 4.0 : 0.0)))
            .toList();
    var request =
        new PlanRequest(
            SquadRules.standard(),
            everybody,
            1,
            0,
            free,
            List.of(),
            PlanWeights.ofCaution(1),
            List.of(),
            Duration.ofMinutes(10));

    var result = run(request);

    double team = 11 * 4 + 4 + 0.1 * 4 + 0.03 * 4 + 3 * 0.09 * 4;
    assertThat(result.objective()).isCloseTo(team + change, within(1e-6));
    assertThat(result.status()).isEqualTo(PlanResult.Status.OPTIMAL);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5, 9, 22, 26, 33, 40, 41, 42, 43})
  void run_moreCaution_neverMoreRisk(long seed) {
    double last = Double.POSITIVE_INFINITY;
    for (double caution : List.of(0.3, 0.65, 1.0, 1.5, 3.0)) {
      double risk = risk(SmallLeague.random(seed, PlanWeights.ofCaution(caution), CHIPS));
      assertThat(risk).isLessThanOrEqualTo(last + 1e-6);
      last = risk;
    }
  }

  /* The value is points less caution times risk, so the same plan without caution has its points. */
  private static double risk(PlanRequest request) {
    var best = run(request);
    double points = 0;
    for (var week : best.weeks()) {
      double hits = week.hits() * request.rules().hitCost();
      points += request.weights().ofWeek(week.week()) * (week.points() + hits);
    }
    return (points - best.objective()) / request.weights().caution();
  }

  private static void assertOptimal(PlanRequest request) {
    var result = run(request);

    assertThat(result.status()).isEqualTo(PlanResult.Status.OPTIMAL);
    assertThat(result.objective()).isCloseTo(SmallLeague.bestByTrying(request), within(1e-4));
    assertThat(result.weeks()).allMatch(week -> week.bank() >= 0);
  }

  private static PlanResult run(PlanRequest request) {
    return new PlanSearch(request, progress -> {}, ProcessorTime.ofThisThread()).run();
  }
}
