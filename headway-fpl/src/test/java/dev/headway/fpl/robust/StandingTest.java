package dev.headway.fpl.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUp;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.plan.search.PlanValues;
import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.Quota;
import dev.headway.fpl.rules.SquadRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan that sells a forward of 4 points, beside the one that keeps him. */
class StandingTest {
  private static final int OWNED = 5;
  private static final int NEW = 6;
  private static final List<PlannedWeek> SELLS = plan(List.of(NEW), List.of(OWNED));
  private static final List<PlannedWeek> KEEPS = plan(List.of(), List.of());

  @ParameterizedTest
  @CsvSource({"12, 1", "0, 0"})
  void share_playerFarBetterOrWorse_isAllOrNothing(double points, double share) {
    var standing = new Standing(question(points), SELLS, List.of(KEEPS));

    assertThat(standing.share()).isEqualTo(share);
  }

  @Test
  void share_nearlyAsGood_isBetween() {
    var close = question(4.05);
    double price = PlanValues.of(close, SELLS) - PlanValues.of(close, KEEPS);

    assertThat(new Standing(close, SELLS, List.of(KEEPS)).share()).isBetween(0.3, 0.9);
    assertThat(price).isPositive();
  }

  @Test
  void share_noOtherPlan_isCertain() {
    assertThat(new Standing(question(5), SELLS, List.of()).share()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"5", "6.5", "8", "12"})
  void mayLose_playerWhoComes_isWhereThePlansMeet(double points) {
    var loss = new Standing(question(points), SELLS, List.of(KEEPS)).mayLose(NEW);

    double kept = points * (1 - loss.orElseThrow());
    assertThat(PlanValues.of(question(kept), SELLS))
        .isCloseTo(PlanValues.of(question(kept), KEEPS), within(0.01));
    assertThat(PlanValues.of(question(kept * 0.95), SELLS))
        .isLessThan(PlanValues.of(question(kept * 0.95), KEEPS));
  }

  @Test
  void mayLose_everyPlanBuysHim_isNotKnown() {
    var both = new Standing(question(6), SELLS, List.of(SELLS));

    assertThat(both.mayLose(NEW)).isEmpty();
  }

  private static PlanRequest question(double points) {
    var players = new ArrayList<Candidate>();
    for (var position :
        List.of(
            Position.GOALKEEPER,
            Position.DEFENDER,
            Position.DEFENDER,
            Position.MIDFIELDER,
            Position.FORWARD)) {
      int id = players.size() + 1;
      players.add(new Candidate(id, position, id, 50, 50, true, List.of(4.0, 4.0)));
    }
    players.add(new Candidate(NEW, Position.FORWARD, NEW, 50, 50, false, List.of(points, points)));
    return new PlanRequest(
        rules(),
        players,
        2,
        0,
        1,
        List.of(),
        new PlanWeights(1, 1, 0, 0, 0, List.of()),
        List.of(),
        Duration.ofSeconds(1));
  }

  private static List<PlannedWeek> plan(List<Integer> bought, List<Integer> sold) {
    return List.of(week(0, bought, sold), week(1, List.of(), List.of()));
  }

  private static PlannedWeek week(int week, List<Integer> bought, List<Integer> sold) {
    var squad = new ArrayList<>(List.of(1, 2, 3, 4, OWNED));
    squad.removeAll(sold);
    squad.addAll(bought);
    var anybody = new LineUp(List.of(), List.of(), 1, 2); // chosen anew
    return new PlannedWeek(week, squad, bought, sold, 1, 0, 0, null, anybody, 0);
  }

  private static SquadRules rules() {
    var quotas = new EnumMap<Position, Quota>(Position.class);
    quotas.put(Position.GOALKEEPER, new Quota(1, 1, 1));
    quotas.put(Position.DEFENDER, new Quota(2, 2, 2));
    quotas.put(Position.MIDFIELDER, new Quota(1, 1, 1));
    quotas.put(Position.FORWARD, new Quota(1, 1, 1));
    return new SquadRules(5, 5, 2, 300, quotas, 5, 4, 0.5);
  }
}
