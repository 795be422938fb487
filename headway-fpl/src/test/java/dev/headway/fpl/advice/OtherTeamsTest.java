package dev.headway.fpl.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.fpl.data.Bootstrap;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.StoredSource;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUp;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.projection.ModelProjections;
import dev.headway.fpl.rules.Chip;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The risk of a line-up beside the other managers' teams. */
class OtherTeamsTest {
  private static final SeasonSnapshot SEASON = StoredSource.sample().snapshot(2, (_, _, _) -> {});
  private static final List<Player> PLAYERS = SEASON.bootstrap().elements();
  private static final int CAPTAIN = PLAYERS.get(0).id();
  private static final int STARTER = PLAYERS.get(1).id();
  private static final int RIVAL = PLAYERS.get(2).id();

  /*
   * By hand: 2 × (6 × (m − 0.5)² + 4 × (1 − 0.1)² + 5 × (0 − 0.8)²), m being 2 for a captain; of
   * the starters' teams, the mean of 50 and 10 per cent.
   */
  @Test
  void risk_threePlayers_isTheDifferenceToTheAverageTeam() {
    var risk = risk(null, 50, 10, 80);

    assertThat(risk.swingPts()).isCloseTo(Math.sqrt(2 * (13.5 + 3.24 + 3.2)), within(0.005));
    assertThat(risk.templatePct()).isEqualTo(30);
  }

  @Test
  void risk_tripleCaptain_swingsFurther() {
    assertThat(risk(Chip.TRIPLE_CAPTAIN, 50, 10, 80).swingPts())
        .isCloseTo(Math.sqrt(2 * (37.5 + 3.24 + 3.2)), within(0.005));
  }

  @Test
  void risk_rivalWhomNobodyHas_swingsLess() {
    assertThat(risk(null, 50, 10, 0).swingPts()).isLessThan(risk(null, 50, 10, 80).swingPts());
  }

  @Test
  void risk_nothingKnownOfTheOthers_isNone() {
    var others = new OtherTeams(owned(_ -> null), RiskPosture.AGGRESSIVE);

    assertThat(others.risk(week(null), roster())).isNull();
    assertThat(others.missing()).isTrue();
    assertThat(others.weighed(candidate(STARTER, 4))).isEqualTo(candidate(STARTER, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "CONSERVATIVE, 80, 5.3",
    "CONSERVATIVE, 50, 5",
    "CONSERVATIVE, 0, 4.5",
    "BALANCED, 80, 5",
    "BALANCED, 0, 5",
    "AGGRESSIVE, 80, 4.7",
    "AGGRESSIVE, 50, 5",
    "AGGRESSIVE, 0, 5.5"
  })
  void weighed_byPosture_prefersTheTemplateOrAvoidsIt(
      RiskPosture posture, double percent, double points) {
    var others = new OtherTeams(owned(_ -> percent), posture);

    assertThat(others.weighed(candidate(STARTER, 5)).points(0)).isCloseTo(points, within(1e-9));
  }

  /* Of a squad, the line-up of a more careful manager is never further from the other teams. */
  @Test
  void weighed_generatedTeams_moreCautionIsNeverMoreRisk() {
    var random = new Random(22);
    for (int game = 0; game < 200; game++) {
      var percents = random.doubles(PLAYERS.size() + 1, 0, 100).toArray();
      var season = owned(player -> percents[PLAYERS.indexOf(player)]);
      var squad =
          SEASON.team().squad().stream().map(id -> candidate(id, 8 * random.nextDouble())).toList();
      double careful = fielded(season, RiskPosture.CONSERVATIVE, squad);
      double even = fielded(season, RiskPosture.BALANCED, squad);
      double bold = fielded(season, RiskPosture.AGGRESSIVE, squad);

      assertThat(careful).isLessThanOrEqualTo(even + 1e-9);
      assertThat(even).isLessThanOrEqualTo(bold + 1e-9);
    }
  }

  /* What a posture prices of its line-up: each multiplier times p (1 − 2o). */
  private static double fielded(Bootstrap season, RiskPosture posture, List<Candidate> squad) {
    var others = new OtherTeams(season, posture);
    var lineUps = new LineUps(season.rules(), PlanWeights.pointsOnly());
    var lineUp = lineUps.best(squad, c -> others.weighed(c).points(0));
    return LineUps.points(lineUp, squad, c -> c.points(0) * (1 - 2 * share(season, c)));
  }

  private static double share(Bootstrap season, Candidate candidate) {
    Double percent = season.player(candidate.id()).orElseThrow().selectedByPercent();
    return percent == null ? 0 : percent / 100;
  }

  private static DecisionOutput.RankRisk risk(
      @Nullable Chip chip, double captain, double starter, double rival) {
    var percents = Map.of(CAPTAIN, captain, STARTER, starter, RIVAL, rival);
    var season = owned(player -> percents.get(player.id()));
    return Objects.requireNonNull(
        new OtherTeams(season, RiskPosture.BALANCED).risk(week(chip), roster()));
  }

  private static PlannedWeek week(@Nullable Chip chip) {
    var lineUp = new LineUp(List.of(CAPTAIN, STARTER), List.of(), CAPTAIN, STARTER);
    return new PlannedWeek(
        0, List.of(CAPTAIN, STARTER), List.of(), List.of(), 1, 0, 0, chip, lineUp, 0);
  }

  private static PlayerDirectory roster() {
    return new PlayerDirectory(
        SEASON.bootstrap(),
        new ModelProjections(SEASON, List.of()),
        List.of(candidate(CAPTAIN, 6), candidate(STARTER, 4), candidate(RIVAL, 5)));
  }

  private static Candidate candidate(int id, double points) {
    var player = SEASON.bootstrap().player(id).orElseThrow();
    return new Candidate(
        id,
        player.position(),
        player.team(),
        player.nowCost(),
        player.nowCost(),
        true,
        List.of(points));
  }

  private interface Share {
    @Nullable Double of(Player player);
  }

  private static Bootstrap owned(Share percent) {
    var bootstrap = SEASON.bootstrap();
    return new Bootstrap(
        bootstrap.events(),
        bootstrap.teams(),
        bootstrap.elementTypes(),
        bootstrap.gameSettings(),
        bootstrap.chips(),
        PLAYERS.stream().map(p -> selected(p, percent.of(p))).toList());
  }

  private static Player selected(Player p, @Nullable Double percent) {
    return new Player(
        p.id(),
        p.webName(),
        p.firstName(),
        p.secondName(),
        p.team(),
        p.elementType(),
        p.nowCost(),
        p.costChangeStart(),
        p.status(),
        p.news(),
        p.chanceOfPlayingNextRound(),
        p.epNext(),
        p.form(),
        p.pointsPerGame(),
        p.minutes(),
        p.expectedGoals(),
        p.expectedAssists(),
        p.removed(),
        p.teamJoinDate(),
        percent);
  }
}
