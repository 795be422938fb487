package dev.headway.fpl.plan.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.rules.Chip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The optima of the shipped season that an independent exact solver and brute force found. */
@Execution(ExecutionMode.CONCURRENT) // the longest of the module, which would end alone
class KnownOptimaTest {
  private static final double ROUNDING = 1e-6;

  private final JsonNode known = read();

  @ParameterizedTest
  @CsvSource({
    "0, exact_0_transfers",
    "1, exact_1_transfers",
    "2, exact_2_transfers",
    "3, exact_3_transfers",
    "4, exact_4_transfers"
  })
  void solve_exactTransfers_knownValue(int transfers, String name) {
    var request = SamplePlans.pointsOnly(true, 0);

    var result =
        solve(
            request.restricted(
                List.of(new Restriction.Transfers(transfers)), SamplePlans.PATIENCE));

    assertThat(result.status()).isEqualTo(PlanResult.Status.OPTIMAL);
    assertThat(result.objective()).isCloseTo(value(name), within(ROUNDING));
    assertThat(result.weeks().getFirst().bought()).hasSize(transfers);
  }

  @Test
  void solve_anyTransfers_knownValue() {
    var result = solve(SamplePlans.pointsOnly(true, 0));

    assertThat(result.objective()).isCloseTo(value("best_any_transfers_1ft"), within(ROUNDING));
    assertThat(result.gap()).isZero();
  }

  @Test
  void solve_wildcardFromTeamValue_knownValue() {
    var result = solve(withChip(Chip.WILDCARD, SamplePlans.pointsOnly(true, 0)));

    assertThat(result.objective())
        .isCloseTo(value("wildcard_or_freehit_gw2_from_team_value"), within(ROUNDING));
    assertThat(result.weeks().getFirst().chip()).isEqualTo(Chip.WILDCARD);
  }

  @Test
  void solve_freeHitFromTeamValue_knownValue() {
    var result = solve(withChip(Chip.FREE_HIT, SamplePlans.pointsOnly(true, 0)));

    assertThat(result.objective())
        .isCloseTo(value("wildcard_or_freehit_gw2_from_team_value"), within(ROUNDING));
    assertThat(result.weeks().getFirst().chip()).isEqualTo(Chip.FREE_HIT);
  }

  @Test
  void solve_fromScratch_knownValue() {
    var first = solve(SamplePlans.pointsOnly(false, 1000));

    assertThat(first.objective())
        .isCloseTo(value("best_squad_from_scratch_100m"), within(ROUNDING));
    assertThat(first.weeks().getFirst().bought()).hasSize(15);
    assertThat(first.weeks().getFirst().hits()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "TRIPLE_CAPTAIN, triple_captain_gain_current",
    "BENCH_BOOST, bench_boost_gain_current"
  })
  void solve_chipOnPresentTeam_knownGain(Chip chip, String name) {
    var stay = List.<Restriction>of(new Restriction.Transfers(0));
    var request = SamplePlans.pointsOnly(true, 0).restricted(stay, SamplePlans.PATIENCE);

    double gain = solve(withChip(chip, request)).objective() - solve(request).objective();

    assertThat(gain).isCloseTo(known.get(name).asDouble(), within(ROUNDING));
  }

  private static PlanRequest withChip(Chip chip, PlanRequest request) {
    var chips = new ArrayList<>(request.chips());
    chips.add(ChipOption.of(chip, 0, 0, 0));
    return new PlanRequest(
        request.rules(),
        request.candidates(),
        request.horizon(),
        request.bank(),
        request.freeTransfers(),
        chips,
        request.weights(),
        request.restrictions(),
        request.timeLimit());
  }

  private static PlanResult solve(PlanRequest request) {
    return new PlanSearch(request, progress -> {}, ProcessorTime.ofThisThread()).run();
  }

  private double value(String name) {
    return known.get(name).get("objective").asDouble();
  }

  private static JsonNode read() {
    try (var in =
        KnownOptimaTest.class.getResourceAsStream("/dev/headway/fpl/expected_optima.json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
