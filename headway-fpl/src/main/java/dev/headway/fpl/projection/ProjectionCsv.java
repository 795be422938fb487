package dev.headway.fpl.projection;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** Reads a table of projections: {@code player_id,gw,points,minutes}, with a header. */
public final class ProjectionCsv {
  private static final List<String> COLUMNS = List.of("player_id", "gw", "points", "minutes");
  private static final int LAST_GAMEWEEK = 38;
  private static final double FEWEST_POINTS = -10;
  private static final double MOST_POINTS = 100;

  /* Three matches in a gameweek have happened. */
  private static final double MOST_MINUTES = 270;
  private static final int MOST_DEFECTS = 100;

  private final Set<Integer> playerIds;
  private final List<Defect> defects = new ArrayList<>();
  private final Map<TableProjections.Key, Projection> table = new HashMap<>();

  private ProjectionCsv(Set<Integer> playerIds) {
    this.playerIds = Set.copyOf(playerIds);
  }

  /**
   * Reads a table.
   *
   * @param playerIds the players that there are
   * @throws HeadwayException naming every defect with its row and column
   */
  public static TableProjections read(String csv, Set<Integer> playerIds) {
    var reader = new ProjectionCsv(playerIds);
    reader.read(csv);
    if (!reader.defects.isEmpty()) {
      throw HeadwayException.badInput(
          reader.defects.subList(0, Math.min(MOST_DEFECTS, reader.defects.size())));
    }
    return new TableProjections(reader.table);
  }

  private void read(String csv) {
    try (var rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
      int row = 1;
      for (var record : rows) {
        row++;
        if (row == 2 && !complete(record)) {
          return;
        }
        read(record, row);
      }
      if (row == 1) {
        defects.add(Defect.of("The table has no rows; it needs a header and one row at least"));
      }
    } catch (CsvParseException | IOException e) {
      defects.add(Defect.of("The table is not well-formed CSV: " + e.getMessage()));
    }
  }

  private boolean complete(NamedCsvRecord record) {
    var missing = COLUMNS.stream().filter(c -> !record.getHeader().contains(c)).toList();
    for (var column : missing) {
      defects.add(
          Defect.ofCell(1, column, "The column %s is missing from the header".formatted(column)));
    }
    return missing.isEmpty();
  }

  private void read(NamedCsvRecord record, int row) {
    var player = whole(record, row, "player_id");
    if (player.isPresent() && !playerIds.contains(player.getAsInt())) {
      reject(row, "player_id", "No player has the id " + player.getAsInt());
    }
    var gameweek = whole(record, row, "gw");
    if (gameweek.isPresent() && (gameweek.getAsInt() < 1 || gameweek.getAsInt() > LAST_GAMEWEEK)) {
      reject(row, "gw", "Gameweek " + gameweek.getAsInt() + " must be 1 to " + LAST_GAMEWEEK);
    }
    var points = number(record, row, "points", FEWEST_POINTS, MOST_POINTS);
    var minutes = number(record, row, "minutes", 0, MOST_MINUTES);
    if (player.isPresent() && gameweek.isPresent() && points.isPresent() && minutes.isPresent()) {
      var projection =
          new Projection(
              player.getAsInt(),
              gameweek.getAsInt(),
              points.getAsDouble(),
              minutes.getAsDouble(),
              null);
      add(projection, row);
    }
  }

  private void add(Projection projection, int row) {
    var key = new TableProjections.Key(projection.playerId(), projection.gameweek());
    if (table.put(key, projection) != null) {
      reject(
          row,
          "player_id",
          "Player %d has two rows for gameweek %d".formatted(key.playerId(), key.gameweek()));
    }
  }

  private OptionalInt whole(NamedCsvRecord record, int row, String column) {
    return parsed(record, row, column, () -> Integer.parseInt(cell(record, column)))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  private OptionalDouble number(
      NamedCsvRecord record, int row, String column, double low, double high) {
    var value = parsed(record, row, column, () -> Double.parseDouble(cell(record, column)));
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    // Written so that NaN is refused, too.
    if (!(value.get() >= low && value.get() <= high)) {
      reject(row, column, "%s must be %s to %s".formatted(cell(record, column), low, high));
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(value.get());
  }

  private <T> Optional<T> parsed(NamedCsvRecord record, int row, String column, Supplier<T> parse) {
    try {
      return Optional.of(parse.get());
    } catch (NumberFormatException e) {
      reject(row, column, "'%s' is not a number".formatted(cell(record, column)));
      return Optional.empty();
    }
  }

  private static String cell(NamedCsvRecord record, String column) {
    return record.findField(column).orElse("").strip();
  }

  private void reject(int row, String column, String message) {
    defects.add(Defect.ofCell(row, column, message));
  }
}
