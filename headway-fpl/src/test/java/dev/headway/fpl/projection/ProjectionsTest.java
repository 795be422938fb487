package dev.headway.fpl.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.data.Bootstrap;
import dev.headway.fpl.data.Fixture;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.StoredSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void override_oddSpaces_doNotMatter() {
    var model = model(new InjuryOverride("Viktor\u00A0 Gyokeres", "injured", null));

    assertThat(model.of(GYOKERES, 2).points()).isZero();
  }

  @Test
  void override_samePlayerTwice_isRefused() {
    assertThatThrownBy(() ->
            model(
                new InjuryOverride("Gyokeres", "injured", null),
                new InjuryOverride("Gyökeres", "available", null)))
        .hasMessageContaining("is corrected twice");
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
  void table_asSpreadsheetsWriteIt_isRead() {
    var table =
        ProjectionCsv.read("\uFEFFplayer_id;gw;points;minutes\r\n7;2;5,25;81\r\n", Set.of(7));

    assertThat(table.of(7, 2).points()).isEqualTo(5.25);
    assertThat(table.of(7, 2).minutes()).isEqualTo(81);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sep=;\r\nplayer_id;gw;points;minutes\r\n7;2;5,25;81\r\n",
        "Player_ID, GW\u00A0, Points , MINUTES\n7,2,5.25,81\n",
        "player_id,gw,points,minutes,\n7,2,5.25,81,\n,,,,\n,,,,\n",
        "player_id,gw,points,minutes\n7.0,2.0,5.25,81\n\n\n",
        "\"player_id\",\"gw\",\"points\",\"minutes\"\n\"7\",\"2\",\"5,25\",\"81\"\n",
        "id;name;2_pts;2_xmins;3_pts;3_xmins\n7;\"A; B\";5,25;81;;\n"
      })
  void table_inOtherDialects_isRead(String csv) {
    var projection = ProjectionCsv.read(csv, Set.of(7)).of(7, 2);

    assertThat(projection.points()).isEqualTo(5.25);
    assertThat(projection.minutes()).isEqualTo(81);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "player_id,gw,points,minutes/7,2,5,25,81 | '81' stands in no column; the header has 4",
        "player_id,gw,points,minutes/7,2,5 | The cell is empty",
        "player_id,gw,points,minutes/7,2,5d,81 | '5d' is not a number",
        "player_id,gw,points,minutes/7.5,2,5,81 | '7.5' is not a whole number",
        "ID,39_Pts/7,5 | Gameweek 39 must be 1 to 38",
        "ID,2_Pts,2_pts/7,5,5 | The column 2_pts is there twice",
        "ID,2_Pts/7,5/7,4 | Player 7 has two rows for gameweek 2"
      })
  void table_thatCannotBeMeant_isRefusedWithTheReason(String csv, String reason) {
    var text = csv.replace('/', '\n');

    assertThatThrownBy(() -> ProjectionCsv.read(text, Set.of(7)))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            e -> assertThat(e.defects()).anyMatch(defect -> defect.message().equals(reason)));
  }

  @Test
  void table_wideForm_isReadForEachGameweek() {
    var csv = "Pos,ID,Name,BV,SV,Team,2_xMins,2_Pts,3_xMins,3_Pts\nM,7,A,5,5,B,90,4.5,45,2.1\n";

    var table = ProjectionCsv.read(csv, Set.of(7));

    assertThat(table.of(7, 2).points()).isEqualTo(4.5);
    assertThat(table.of(7, 3).points()).isEqualTo(2.1);
    assertThat(table.of(7, 3).minutes()).isEqualTo(45);
  }

  @Test
  void table_wideFormWithUnknownPlayer_namesRowAndColumn() {
    assertThatThrownBy(() -> ProjectionCsv.read("ID,2_Pts\n8,4.5\n", Set.of(7)))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            refused -> assertThat(refused.defects().getFirst().column()).isEqualTo("ID"));
  }

  @Test
  void override_besideATable_scalesItsPoints() {
    var player = season.bootstrap().elements().getFirst();
    var table =
        ProjectionCsv.read(
            "player_id,gw,points,minutes\n%d,2,6,90\n".formatted(player.id()), Set.of(player.id()));
    var out = List.of(new InjuryOverride(player.fullName(), "injured", 0));
    var doubtful = List.of(new InjuryOverride(player.fullName(), "doubtful", 50));

    assertThat(new OverriddenProjections(table, season, out).of(player.id(), 2).points()).isZero();
    assertThat(new OverriddenProjections(table, season, doubtful).of(player.id(), 2).points())
        .isEqualTo(3);
  }

  @Test
  void model_playerWhoJoinedLater_isMeasuredByTheMatchesSince() {
    var player = season.bootstrap().elements().getFirst();
    var regular =
        played(player, 90, season.now().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1));
    var absent = played(player, 90, null);

    assertThat(minutes(regular, 10)).isGreaterThan(70);
    assertThat(minutes(absent, 10)).isLessThan(40);
  }

  /* Ten matches of his club have been played, the last of them since yesterday. */
  private double minutes(Player player, int matches) {
    var joined = season.now().minus(Duration.ofHours(6));
    var count = new AtomicInteger();
    var fixtures =
        season.fixtures().stream()
            .map(f -> {
              boolean past = f.involves(player.team()) && count.incrementAndGet() < matches;
              boolean last = f.involves(player.team()) && count.get() == matches;
              var kickoff = last ? joined : joined.minus(Duration.ofDays(90));
              return past || last ? finished(f, kickoff) : f;
            })
            .toList();
    var bootstrap = season.bootstrap();
    var players =
        bootstrap.elements().stream().map(p -> p.id() == player.id() ? player : p).toList();
    var changed =
        new SeasonSnapshot(
            season.source(),
            season.capturedAt(),
            season.confirmedAt(),
            season.now(),
            new Bootstrap(
                bootstrap.events(),
                bootstrap.teams(),
                bootstrap.elementTypes(),
                bootstrap.gameSettings(),
                bootstrap.chips(),
                players),
            fixtures,
            season.eventStatus(),
            season.played(),
            season.team(),
            season.checksum());
    int open =
        changed.fixtures().stream()
            .filter(f -> f.involves(player.team()) && !f.finishedProvisional() && f.event() != null)
            .mapToInt(Fixture::event)
            .min()
            .orElseThrow();
    return new ModelProjections(changed, List.of()).of(player.id(), open).minutes();
  }

  private static Player played(Player p, int minutes, @Nullable LocalDate joined) {
    return new Player(
        p.id(),
        p.webName(),
        p.firstName(),
        p.secondName(),
        p.team(),
        p.elementType(),
        60,
        p.costChangeStart(),
        "a",
        "",
        null,
        p.epNext(),
        p.form(),
        p.pointsPerGame(),
        minutes,
        p.expectedGoals(),
        p.expectedAssists(),
        false,
        joined,
        null);
  }

  private static Fixture finished(Fixture f, Instant kickoff) {
    return new Fixture(
        f.id(),
        f.event(),
        kickoff,
        f.teamH(),
        f.teamA(),
        f.teamHDifficulty(),
        f.teamADifficulty(),
        true);
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
        season.confirmedAt(),
        season.now(),
        season.bootstrap(),
        fixtures,
        season.eventStatus(),
        season.played(),
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
