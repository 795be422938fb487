package dev.headway.fpl.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.LineUp;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.robust.Robustness.DecisionShare;
import dev.headway.fpl.robust.Robustness.PlayerShare;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.SquadRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The shares of trials, and the projections that they are made of. */
class RobustnessTest {
  private static final Map<Integer, String> NAMES =
      Map.of(1, "Saka", 2, "Palmer", 3, "Haaland", 4, "Virgil");

  @Test
  void shares_ofFourTrials_sayHowOftenTheAdviceHolds() {
    var robustness = new Robustness(new FirstWeek(List.of(4), List.of(1), null), NAMES, 10);
    robustness.add(week(List.of(4), List.of(1), null, 3));
    robustness.add(week(List.of(4), List.of(1), null, 3));
    robustness.add(week(List.of(), List.of(), null, 2));
    robustness.add(week(List.of(4), List.of(1), null, 3));

    var shares = robustness.shares();

    assertThat(shares.done()).isEqualTo(4);
    assertThat(shares.trials()).isEqualTo(10);
    assertThat(shares.confidenceScore()).isEqualTo(0.75);
    assertThat(shares.decisions())
        .containsExactly(
            new DecisionShare("sell Saka for Virgil", 0.75, true),
            new DecisionShare("make no transfer", 0.25, false));
    assertThat(shares.in()).containsExactly(new PlayerShare(4, "Virgil", 0.75));
    assertThat(shares.out()).containsExactly(new PlayerShare(1, "Saka", 0.75));
    assertThat(shares.captains())
        .containsExactly(new PlayerShare(3, "Haaland", 0.75), new PlayerShare(2, "Palmer", 0.25));
    assertThat(robustness.sentence())
        .isEqualTo("4 of 10: sell Saka for Virgil in 75 %, make no transfer in 25 %");
  }

  @Test
  void shares_ofChipsAndFirstSquads_nameThem() {
    var robustness = new Robustness(new FirstWeek(List.of(), List.of(), null), NAMES, 2);
    robustness.add(week(List.of(), List.of(), Chip.BENCH_BOOST, 3));
    robustness.add(week(List.of(1, 2), List.of(), null, 3));

    assertThat(robustness.shares().decisions())
        .extracting(DecisionShare::decision)
        .containsExactly("begin with Saka and Palmer", "play the Bench Boost");
    assertThat(robustness.shares().confidenceScore()).isZero();
  }

  @Test
  void perturbation_ofASeed_isTheSameAgainAndOtherwiseDiffers() {
    var plan = plan();

    assertThat(Perturbation.of(plan, 7)).isEqualTo(Perturbation.of(plan, 7));
    assertThat(Perturbation.of(plan, 7)).isNotEqualTo(Perturbation.of(plan, 8));
  }

  @Test
  void perturbation_ofManyPlayers_keepsTheMeanAndLeavesZeros() {
    var candidates = Perturbation.of(plan(), 1).candidates();

    var points = candidates.stream().mapToDouble(c -> c.points(0));
    assertThat(points.average().orElseThrow()).isCloseTo(4, within(0.15));
    assertThat(candidates).allMatch(c -> c.points(0) >= 0 && c.points(1) == 0);
  }

  @Test
  void heldTo_planWithChips_leavesThoseOfTheAdviceAlone() {
    var bench = ChipOption.of(Chip.BENCH_BOOST, 0, 1, 12);
    var wildcard = ChipOption.of(Chip.WILDCARD, 0, 1, 14);
    var first = new FirstWeek(List.of(), List.of(), null);
    var advice = new Advice(first, List.of(new Advice.ChipPlay(Chip.BENCH_BOOST, 1)));

    var held = advice.heldTo(plan().withChips(List.of(bench, wildcard)), Duration.ofSeconds(3));

    assertThat(held.chips()).containsExactly(bench);
    assertThat(held.restrictions()).containsExactly(new Restriction.Played(Chip.BENCH_BOOST, 1));
    assertThat(held.timeLimit()).isEqualTo(Duration.ofSeconds(3));
  }

  private static PlanRequest plan() {
    var candidates =
        IntStream.range(0, 2_000)
            .mapToObj(
                id -> new Candidate(id, Position.DEFENDER, 1, 50, 50, true, List.of(4.0, 0.0)))
            .toList();
    return new PlanRequest(
        SquadRules.standard(),
        candidates,
        2,
        0,
        1,
        List.of(),
        PlanWeights.ofCaution(1),
        List.of(),
        Duration.ofSeconds(1));
  }

  private static PlannedWeek week(
      List<Integer> bought, List<Integer> sold, @Nullable Chip chip, int captain) {
    var lineUp = new LineUp(List.of(captain), List.of(), captain, captain);
    return new PlannedWeek(0, List.of(), bought, sold, 1, 0, 0, chip, lineUp, 50);
  }
}
