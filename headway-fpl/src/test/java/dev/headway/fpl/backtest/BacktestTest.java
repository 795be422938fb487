package dev.headway.fpl.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.fpl.backtest.BacktestReport.Eleven;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A season of two clubs, one of which has eleven regulars of 5 points a match and fifteen who play
 * none; after the sixth of its matches they change places.
 */
class BacktestTest {
  private static final int WEEKS = 10;
  private static final int CHANGE = 6;
  private static final int[] POSITIONS = {1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4};

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("gws"));
    Files.writeString(folder.resolve("teams.csv"), "id,name\n1,Home\n2,Away\n");
    var fixtures = new StringJoiner("\n");
    fixtures.add("id,event,kickoff_time,team_h,team_a,team_h_difficulty,team_a_difficulty");
    for (int week = 1; week <= WEEKS; week++) {
      fixtures.add("%d,%d.0,%s,1,2,3,3".formatted(week, week, kickoff(week)));
      Files.writeString(folder.resolve("gws/gw" + week + ".csv"), gameweek(week));
    }
    Files.writeString(folder.resolve("fixtures.csv"), fixtures.toString());
    var people = new StringJoiner("\n").add("id,web_name,element_type,team_join_date");
    for (int id = 1; id <= 2 * POSITIONS.length; id++) {
      people.add("%d,Player %d,%d,None".formatted(id, id, POSITIONS[(id - 1) % POSITIONS.length]));
    }
    Files.writeString(folder.resolve("players_raw.csv"), people.toString());
  }

  @Test
  void run_steadySeason_fieldsWhoScores() {
    var report = Backtest.run(folder, 4, CHANGE);

    assertThat(report.last()).isEqualTo(CHANGE);
    assertThat(report.elevens().get(Eleven.MODEL)).isCloseTo(11 * 5, within(1e-9));
    assertThat(report.elevens().get(Eleven.HINDSIGHT)).isCloseTo(11 * 5, within(1e-9));
    assertThat(report.bins().stream().mapToInt(BacktestReport.Bin::number).sum())
        .isEqualTo(3 * 2 * POSITIONS.length);
  }

  @Test
  void run_changeOfTheRegulars_theModelFollowsSoonerThanPointsPerGame() {
    var report = Backtest.run(folder, WEEKS, WEEKS);

    assertThat(report.elevens().get(Eleven.MODEL))
        .isGreaterThan(report.elevens().get(Eleven.PER_GAME));
    assertThat(report.markdown())
        .contains("| best eleven by | points a week |")
        .contains("| the model |");
  }

  @Test
  void run_noSeason_namesTheFile() {
    assertThatThrownBy(() -> Backtest.run(folder.resolve("none"), 4, 5))
        .hasMessageContaining("players_raw.csv cannot be read: it is not there");
  }

  private static String kickoff(int week) {
    return "2025-08-%02dT14:00:00Z".formatted(1 + 2 * week);
  }

  private static String gameweek(int week) {
    var rows = new StringJoiner("\n");
    rows.add(
        "element,position,team,kickoff_time,value,minutes,total_points,expected_goals,expected_assists");
    for (int id = 1; id <= 2 * POSITIONS.length; id++) {
      boolean plays = id <= POSITIONS.length == week <= CHANGE;
      rows.add(
          "%d,MID,Home,%s,50,%d,%d,0.1,0.1"
              .formatted(id, kickoff(week), plays ? 90 : 0, plays ? 5 : 0));
    }
    return rows.toString();
  }
}
