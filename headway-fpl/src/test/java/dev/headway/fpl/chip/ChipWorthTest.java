package dev.headway.fpl.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.ChipWindow;
import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.Quota;
import dev.headway.fpl.rules.SquadRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The worth of chips later, in small games. */
class ChipWorthTest {
  private static final int FIRST = 30;
  private static final List<Position> POSITIONS = List.of(Position.values());
  private static final SquadRules RULES = rules();
  private static final LineUps LINE_UPS = new LineUps(RULES, PlanWeights.pointsOnly());

  @Test
  void gains_generatedGames_neverMoreThanTheBestTeamOfAll() {
    for (long seed = 0; seed < 60; seed++) {
      var rest = generated(seed, List.of());
      var gains = new ChipGains(rest).of(SimulatedSeason.projected(rest), 1).get(1);
      var teams = teams(rest);
      double own = points(rest.players().stream().filter(Candidate::owned).toList());

      assertThat(gains.get(Chip.TRIPLE_CAPTAIN)).isBetween(least(rest), most(rest));
      assertThat(gains.get(Chip.BENCH_BOOST))
          .isBetween(0.0, teams.stream().mapToDouble(ChipWorthTest::bench).max().orElseThrow());
      double best = teams.stream().mapToDouble(ChipWorthTest::points).max().orElseThrow();
      assertThat(gains.get(Chip.FREE_HIT)).isBetween(0.0, best - own + 1e-9);
    }
  }

  @Test
  void later_sameSeason_sameWorth() {
    var rest = generated(3, List.of(new RestOfSeason.Match(1, 2, null)));
    var window = new ChipWindow(Chip.TRIPLE_CAPTAIN, 20, 38);

    assertThat(ChipWorth.of(rest).later(window)).isEqualTo(ChipWorth.of(rest).later(window));
  }

  @ParameterizedTest
  @EnumSource(
      value = Chip.class,
      names = {"BENCH_BOOST", "TRIPLE_CAPTAIN"})
  void later_gameweekWithTwiceThePoints_isWhereTheChipIsBest(Chip chip) {
    var rest = flat(List.of(4.0, 4.0, 4.0, 4.0, 8.0, 4.0, 4.0, 4.0, 4.0), List.of());

    var later = ChipWorth.of(rest).later(new ChipWindow(chip, 20, 38));

    assertThat(later.gameweek()).isEqualTo(FIRST + 4);
    assertThat(later.points()).isBetween(8.0, 20.0);
  }

  @Test
  void later_matchesWithoutADate_makeTheChipWorthMore() {
    var dated = flat(Collections.nCopies(9, 4.0), List.of());
    var undated =
        flat(
            Collections.nCopies(9, 4.0),
            List.of(new RestOfSeason.Match(1, 2, null), new RestOfSeason.Match(1, 3, null)));

    assertThat(worth(undated)).isGreaterThan(worth(dated) + 2);
  }

  @Test
  void later_windowThatEndsWithThePlan_isNever() {
    var rest = flat(Collections.nCopies(9, 4.0), List.of());

    assertThat(ChipWorth.of(rest).later(new ChipWindow(Chip.FREE_HIT, 20, 31)))
        .isEqualTo(ChipWorth.Later.NEVER);
  }

  @Test
  void completed_beyondATable_hasTheUsualPointsOfEachMatch() {
    var table = new ArrayList<>(Collections.nCopies(9, 0.0));
    table.set(0, 3.0);
    table.set(1, 5.0);
    var matches =
        List.of(
            new RestOfSeason.Match(1, 2, FIRST + 3),
            new RestOfSeason.Match(3, 1, FIRST + 3),
            new RestOfSeason.Match(1, 4, FIRST + 5));

    var completed = flat(table, matches).completed().players().getFirst();

    assertThat(completed.club()).isEqualTo(1);
    assertThat(completed.points()).containsExactly(3.0, 5.0, 0.0, 8.0, 0.0, 4.0, 0.0, 0.0, 0.0);
  }

  @Test
  void wildcard_squadOfTheBest_gainsNothing() {
    var rest = flat(Collections.nCopies(9, 4.0), List.of());

    assertThat(wildcard(rest, 3)).isCloseTo(0, within(1e-9));
  }

  /*
   * Three play, one of them as captain. With one transfer a gameweek the team has 18, 21 and then
   * 24 points, a rebuilt one 24 at once; the plan has two gameweeks.
   */
  @Test
  void wildcard_transfersCatchUp_gainsWhatTheyHaveNotBroughtYet() {
    var rest = aged();

    assertThat(List.of(wildcard(rest, 0), wildcard(rest, 1), wildcard(rest, 2)))
        .containsExactly(9.0, 3.0, 0.0);
  }

  @Test
  void later_wildcard_isWorthMoreTheMoreGameweeksAreLeftForIt() {
    var rest = generated(7, List.of());
    var worth = ChipWorth.of(rest);

    double once = worth.later(new ChipWindow(Chip.WILDCARD, FIRST + 3, FIRST + 3)).points();
    double anywhere = worth.later(new ChipWindow(Chip.WILDCARD, 20, 38)).points();

    assertThat(once).isNotNegative();
    assertThat(anywhere).isGreaterThan(once);
  }

  private static double wildcard(RestOfSeason rest, int week) {
    return new ChipGains(rest)
        .of(SimulatedSeason.projected(rest), 0)
        .get(week)
        .getOrDefault(Chip.WILDCARD, -1.0);
  }

  /* Those whom the team does not have score 3 points more, for the same price. */
  private static RestOfSeason aged() {
    return rest(
        List.of(),
        (number, owned) -> candidate(number, owned, 50, Collections.nCopies(9, owned ? 3.0 : 6.0)));
  }

  private static double worth(RestOfSeason rest) {
    return ChipWorth.of(rest).later(new ChipWindow(Chip.TRIPLE_CAPTAIN, 20, 38)).points();
  }

  /* All players score the same, and cost the same. */
  private static RestOfSeason flat(List<Double> weekly, List<RestOfSeason.Match> matches) {
    return rest(matches, (number, owned) -> candidate(number, owned, 50, weekly));
  }

  private static RestOfSeason generated(long seed, List<RestOfSeason.Match> matches) {
    var random = new Random(seed);
    return rest(
        matches,
        (number, owned) ->
            candidate(
                number, owned, 40 + random.nextInt(30), random.doubles(9, 0, 8).boxed().toList()));
  }

  private interface Maker {
    Candidate make(int number, boolean owned);
  }

  private static RestOfSeason rest(List<RestOfSeason.Match> matches, Maker maker) {
    var players = new ArrayList<Candidate>();
    var owned = new EnumMap<Position, Integer>(Position.class);
    for (int number = 0; number < 16; number++) {
      var position = POSITIONS.get(number % 4);
      boolean own = owned.merge(position, 1, Integer::sum) <= RULES.quota(position).select();
      players.add(maker.make(number, own));
    }
    return new RestOfSeason(RULES, FIRST, 2, 10, players, matches);
  }

  private static Candidate candidate(int number, boolean owned, int price, List<Double> points) {
    var position = POSITIONS.get(number % 4);
    return new Candidate(number, position, 1 + number / 4, price, price, owned, points);
  }

  /* Every squad that the whole money buys. */
  private static List<List<Candidate>> teams(RestOfSeason rest) {
    var partial = new ArrayList<List<Candidate>>();
    partial.add(List.of());
    List<List<Candidate>> squads = partial;
    for (var candidate : rest.players()) {
      var longer = new ArrayList<>(squads);
      squads.stream()
          .filter(squad -> room(squad, candidate))
          .forEach(squad -> {
            var extended = new ArrayList<>(squad);
            extended.add(candidate);
            longer.add(extended);
          });
      squads = longer;
    }
    return squads.stream()
        .filter(squad -> squad.size() == RULES.squadSize())
        .filter(squad -> squad.stream().mapToInt(Candidate::price).sum() <= rest.budget())
        .toList();
  }

  private static boolean room(List<Candidate> squad, Candidate candidate) {
    long same = squad.stream().filter(c -> c.position() == candidate.position()).count();
    return same < RULES.quota(candidate.position()).select();
  }

  private static double points(List<Candidate> squad) {
    return LineUps.points(LINE_UPS.best(squad, c -> c.points(1)), squad, c -> c.points(1));
  }

  private static double bench(List<Candidate> squad) {
    var bench = LINE_UPS.best(squad, c -> c.points(1)).bench();
    return squad.stream().filter(c -> bench.contains(c.id())).mapToDouble(c -> c.points(1)).sum();
  }

  private static double most(RestOfSeason rest) {
    return rest.players().stream().mapToDouble(c -> c.points(1)).max().orElseThrow();
  }

  private static double least(RestOfSeason rest) {
    return rest.players().stream()
        .filter(Candidate::owned)
        .mapToDouble(c -> c.points(1))
        .max()
        .orElseThrow();
  }

  private static SquadRules rules() {
    var quotas = new EnumMap<Position, Quota>(Position.class);
    quotas.put(Position.GOALKEEPER, new Quota(1, 1, 1));
    quotas.put(Position.DEFENDER, new Quota(2, 1, 2));
    quotas.put(Position.MIDFIELDER, new Quota(1, 0, 1));
    quotas.put(Position.FORWARD, new Quota(1, 0, 1));
    return new SquadRules(5, 3, 2, 300, quotas, 3, 4, 0.5);
  }
}
