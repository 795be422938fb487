package dev.headway.fpl.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.data.Fixture;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.StoredSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
  private static final int HAALAND = 411;
  private static final int GYOKERES = 25;
  private static final int CITY = 15;
  private final SeasonSnapshot season =
      StoredSource.sample().snapshot(1, (done, total, document) -> {});

  @Test
  void of_everybody_partsAddUpAndAreNotNegative() {
    var model = new ModelProjections(season, List.of());

    for (var player : season.bootstrap().elements()) {
      for (int gameweek = 2; gameweek <= 6; gameweek++) {
        var projection = model.of(player.id(), gameweek);
        var parts = projection.breakdown();
        assertThat(parts).isNotNull();
        assertThat(projection.points()).isCloseTo(parts.total(), within(1e-12));
        assertThat(projection.points()).isGreaterThan(-1e-9);
        assertThat(projection.minutes()).isBetween(0.0, 180.0);
      }
    }
  }

  @Test
  void of_blankGameweek_isNothing() {
    var blank =
        new ModelProjections(
            moved(f -> Integer.valueOf(2).equals(f.event()) ? onDate(f, null) : f), List.of());

    assertThat(blank.of(HAALAND, 2).points()).isZero();
    assertThat(blank.of(HAALAND, 2).minutes()).isZero();
  }

  @Test
  void of_doubleGameweek_isTheSumOfBothMatches() {
    var usual = new ModelProjections(season, List.of());
    var both =
        new ModelProjections(
            moved(f -> Integer.valueOf(3).equals(f.event()) ? onDate(f, 2) : f), List.of());

    assertThat(both.of(HAALAND, 2).points())
        .isCloseTo(usual.of(HAALAND, 2).points() + usual.of(HAALAND, 3).points(), within(1e-9));
    assertThat(both.of(HAALAND, 3).points()).isZero();
  }

  @Test
  void of_harderOpponent_fewerPoints() {
    var easy = new ModelProjections(moved(f -> withDifficulty(f, 1)), List.of());
    var hard = new ModelProjections(moved(f -> withDifficulty(f, 5)), List.of());

    assertThat(hard.of(HAALAND, 2).points()).isLessThan(easy.of(HAALAND, 2).points());
  }

  @Test
  void override_injured_playsNotAtAll() {
    var model = model(new InjuryOverride("haaland", "injured", null));

    assertThat(model.of(HAALAND, 2).points()).isZero();
    assertThat(model.of(HAALAND, 2).breakdown())
        .isNotNull()
        .extracting(Breakdown::availability)
        .satisfies(points -> assertThat(points).isNegative());
  }

  @Test
  void override_doubtful_recoversFromWeekToWeek() {
    var fit = new ModelProjections(season, List.of());
    var doubtful = model(new InjuryOverride("Haaland", "doubtful", 50));

    double first = doubtful.of(HAALAND, 2).points() / fit.of(HAALAND, 2).points();
    double second = doubtful.of(HAALAND, 3).points() / fit.of(HAALAND, 3).points();
    assertThat(first).isCloseTo(0.5, within(1e-9));
    assertThat(second).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void override_accentsDoNotMatter() {
    var model = model(new InjuryOverride("Gyokeres", "injured", null));

    assertThat(model.of(GYOKERES, 2).points()).isZero();
  }

  @Test
  void override_badNames_namesThePlayersMeant() {
    assertThatThrownBy(() ->
            model(
                new InjuryOverride("Henderson", "injured", null),
                new InjuryOverride("Nobody At All", "injured", null),
                new InjuryOverride("Haaland", "sleepy", null)))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            e ->
                assertThat(e.defects())
                    .extracting(Defect::message)
                    .satisfiesExactly(
                        m -> assertThat(m).contains("'Henderson' may be ", " or "),
                        m -> assertThat(m).isEqualTo("No player is called 'Nobody At All'"),
                        m -> assertThat(m).contains("'sleepy' is not known")));
  }

  @Test
  void table_completeRows_replaceTheModel() {
    var table =
        ProjectionCsv.read("player_id,gw,points,minutes\n411,2,9.5,90\n", Set.of(HAALAND, CITY));

    assertThat(table.of(HAALAND, 2).points()).isEqualTo(9.5);
    assertThat(table.of(HAALAND, 3).points()).isZero();
    assertThat(table.origin()).isEqualTo("table");
  }

  @Test
  void table_manyDefects_allNamedWithTheirPlace() {
    var csv =
        """
        player_id,gw,points,minutes
        411,2,9.5,90
        411,2,9.5,90
        999,2,1,90
        411,39,1,90
        411,3,many,90
        411,4,NaN,90
        411,5,2,-1
        """;

    assertThatThrownBy(() -> ProjectionCsv.read(csv, Set.of(HAALAND)))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            e ->
                assertThat(e.defects())
                    .extracting(d -> d.row() + " " + d.column())
                    .containsExactly(
                        "3 player_id", "4 player_id", "5 gw", "6 points", "7 points", "8 minutes"));
  }

  @Test
  void table_missingColumn_isNamed() {
    assertThatThrownBy(() -> ProjectionCsv.read("player_id,gw,points\n1,2,3\n", Set.of(1)))
        .hasMessageContaining("The column minutes is missing");
  }

  @Test
  void table_empty_isRefused() {
    assertThatThrownBy(() -> ProjectionCsv.read("player_id,gw,points,minutes\n", Set.of(1)))
        .hasMessageContaining("no rows");
  }

  private ModelProjections model(InjuryOverride... overrides) {
    return new ModelProjections(season, List.of(overrides));
  }

  private SeasonSnapshot moved(UnaryOperator<Fixture> change) {
    var fixtures = new ArrayList<Fixture>();
    season.fixtures().forEach(f -> fixtures.add(change.apply(f)));
    return new SeasonSnapshot(
        season.source(),
        season.capturedAt(),
        season.now(),
        season.bootstrap(),
        fixtures,
        season.eventStatus(),
        season.team(),
        season.checksum());
  }

  private static Fixture onDate(Fixture f, @Nullable Integer event) {
    return new Fixture(
        f.id(),
        event,
        f.kickoffTime(),
        f.teamH(),
        f.teamA(),
        f.teamHDifficulty(),
        f.teamADifficulty(),
        f.finishedProvisional());
  }

  private static Fixture withDifficulty(Fixture f, int difficulty) {
    return new Fixture(
        f.id(),
        f.event(),
        f.kickoffTime(),
        f.teamH(),
        f.teamA(),
        difficulty,
        difficulty,
        f.finishedProvisional());
  }
}
