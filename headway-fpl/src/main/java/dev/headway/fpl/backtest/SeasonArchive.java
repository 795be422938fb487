package dev.headway.fpl.backtest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.data.Fixture;
import dev.headway.fpl.rules.Gameweeks;
import dev.headway.fpl.rules.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A season that was played, in the layout of the public archives of the game: {@code gws/gw1.csv}
 * and so on with a row for each player and match, {@code fixtures.csv}, {@code players_raw.csv} and
 * {@code teams.csv}.
 *
 * @param people every player by id
 * @param clubs ids of the clubs by name
 * @param fixtures the matches
 * @param matches what each player did, in the order of the gameweeks
 */
record SeasonArchive(
    Map<Integer, Person> people,
    Map<String, Integer> clubs,
    List<Fixture> fixtures,
    List<PlayedMatch> matches) {
  private static final String MANAGER = "AM"; // of 2024-25's chip: no player

  /**
   * A player, as far as a season does not change him.
   *
   * @param name his short name
   * @param position where he plays
   * @param joined the day on which he joined his last club; null where it is not known
   */
  record Person(String name, Position position, @Nullable LocalDate joined) {}

  /**
   * Reads a folder.
   *
   * @throws HeadwayException naming the file that is missing or cannot be read
   */
  static SeasonArchive read(Path folder) {
    var people = new HashMap<Integer, Person>();
    rows(
        folder.resolve("players_raw.csv"),
        row ->
            position(row.getField("element_type"))
                .ifPresent(position -> people.put(whole(row, "id"), person(row, position))));
    var clubs = new HashMap<String, Integer>();
    rows(folder.resolve("teams.csv"), row -> clubs.put(row.getField("name"), whole(row, "id")));
    var fixtures = new ArrayList<Fixture>();
    rows(folder.resolve("fixtures.csv"), row -> fixtures.add(fixture(row)));
    var matches = new ArrayList<PlayedMatch>();
    for (int gameweek = 1; gameweek <= Gameweeks.LAST; gameweek++) {
      int at = gameweek;
      var file = folder.resolve("gws").resolve("gw" + gameweek + ".csv");
      if (Files.exists(file)) {
        rows(
            file,
            row -> {
              if (!row.getField("position").equals(MANAGER)) {
                matches.add(match(row, at, clubs));
              }
            });
      }
    }
    if (matches.isEmpty()) {
      throw unreadable(folder.resolve("gws"), "there is no gw1.csv");
    }
    return new SeasonArchive(people, clubs, fixtures, matches);
  }

  /** The last gameweek that was played. */
  int lastGameweek() {
    return matches.getLast().gameweek();
  }

  private static void rows(Path file, Consumer<NamedCsvRecord> action) {
    try (var rows = CsvReader.builder().ofNamedCsvRecord(file)) {
      rows.forEach(action);
    } catch (IOException e) {
      throw unreadable(file, "it is not there");
    } catch (CsvParseException | IllegalArgumentException | NoSuchElementException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  private static HeadwayException unreadable(Path file, String why) {
    return HeadwayException.badInput(
        List.of(Defect.of("%s cannot be read: %s".formatted(file, why))));
  }

  private static Optional<Position> position(String elementType) {
    int number = Integer.parseInt(elementType);
    return number >= 1 && number <= Position.values().length
        ? Optional.of(Position.ofElementType(number))
        : Optional.empty();
  }

  private static Person person(NamedCsvRecord row, Position position) {
    var joined = row.findField("team_join_date").filter(text -> text.length() == 10);
    return new Person(
        row.getField("web_name"), position, joined.map(LocalDate::parse).orElse(null));
  }

  private static Fixture fixture(NamedCsvRecord row) {
    var event = row.getField("event");
    var kickoff = row.getField("kickoff_time");
    return new Fixture(
        whole(row, "id"),
        event.isEmpty() ? null : whole(row, "event"),
        kickoff.isEmpty() ? null : Instant.parse(kickoff),
        whole(row, "team_h"),
        whole(row, "team_a"),
        whole(row, "team_h_difficulty"),
        whole(row, "team_a_difficulty"),
        false);
  }

  private static PlayedMatch match(NamedCsvRecord row, int gameweek, Map<String, Integer> clubs) {
    var club = row.getField("team");
    return new PlayedMatch(
        whole(row, "element"),
        gameweek,
        clubs.getOrDefault(club, 0),
        Instant.parse(row.getField("kickoff_time")),
        whole(row, "value"),
        whole(row, "minutes"),
        whole(row, "total_points"),
        Double.parseDouble(row.getField("expected_goals")),
        Double.parseDouble(row.getField("expected_assists")));
  }

  /* Some archives write whole numbers as 3.0. */
  private static int whole(NamedCsvRecord row, String column) {
    return (int) Double.parseDouble(row.getField(column));
  }
}
