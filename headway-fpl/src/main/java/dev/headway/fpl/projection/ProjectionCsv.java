package dev.headway.fpl.projection;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.file.CsvSeparator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads a table of projections with a header, in either of two forms: {@code
 * player_id,gw,points,minutes}, a row for each player and gameweek; or the wide form of public
 * solvers, a row for each player with {@code ID} and, for each gameweek n, {@code n_Pts} and {@code
 * n_xMins}. Cells are separated by comma, semicolon or tab, whichever the header has; beside a
 * semicolon a comma is the decimal mark. A byte order mark is passed over.
 */
public final class ProjectionCsv {
  private static final List<String> COLUMNS = List.of("player_id", "gw", "points", "minutes");
  private static final Pattern WIDE = Pattern.compile("([0-9]{1,2})_Pts", Pattern.CASE_INSENSITIVE);
  private static final String WIDE_ID = "ID";
  private static final int LAST_GAMEWEEK = 38;
  private static final Range POINTS = new Range(-10, 100);

  /* Three matches in a gameweek have happened. */
  private static final Range MINUTES = new Range(0, 270);
  private static final double MATCH = 90;
  private static final int MOST_DEFECTS = 100;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** From one number to another; NaN is in none. */
  private record Range(double low, double high) {
    boolean contains(double value) {
      return value >= low && value <= high;
    }
  }

  private final Set<Integer> playerIds;
  private final List<Defect> defects = new ArrayList<>();
  private final Map<TableProjections.Key, Projection> table = new HashMap<>();

  private final char separator;

  private ProjectionCsv(Set<Integer> playerIds, char separator) {
    this.playerIds = Set.copyOf(playerIds);
    this.separator = separator;
  }

  /**
   * Reads a table.
   *
   * @param playerIds the players that there are
   * @throws HeadwayException naming every defect with its row and column
   */
  public static TableProjections read(String csv, Set<Integer> playerIds) {
    var text = csv.startsWith(BYTE_ORDER_MARK) ? csv.substring(1) : csv;
    var reader = new ProjectionCsv(playerIds, CsvSeparator.of(text.lines().findFirst().orElse("")));
    reader.read(text);
    if (!reader.defects.isEmpty()) {
      throw HeadwayException.badInput(
          reader.defects.subList(0, Math.min(MOST_DEFECTS, reader.defects.size())));
    }
    return new TableProjections(reader.table);
  }

  private void read(String csv) {
    try (var rows = CsvReader.builder().fieldSeparator(separator).ofNamedCsvRecord(csv)) {
      int row = 1;
      for (var record : rows) {
        row++;
        var gameweeks = wide(record);
        if (!gameweeks.isEmpty()) {
          readWide(record, row, gameweeks);
        } else if (row > 2 || complete(record)) {
          read(record, row);
        } else {
          return;
        }
      }
      if (row == 1) {
        defects.add(Defect.of("The table has no rows; it needs a header and one row at least"));
      }
    } catch (CsvParseException | IOException e) {
      defects.add(Defect.of("The table is not well-formed CSV: " + e.getMessage()));
    }
  }

  /* The columns of points by gameweek, where the header is the wide form's. */
  private static Map<Integer, String> wide(NamedCsvRecord record) {
    var gameweeks = new LinkedHashMap<Integer, String>();
    for (var column : record.getHeader()) {
      var points = WIDE.matcher(column.strip());
      if (points.matches()) {
        gameweeks.put(Integer.parseInt(points.group(1)), column);
      }
    }
    return record.getHeader().contains(WIDE_ID) ? gameweeks : Map.of();
  }

  private void readWide(NamedCsvRecord record, int row, Map<Integer, String> gameweeks) {
    var player = player(record, row, WIDE_ID);
    gameweeks.forEach((gameweek, column) -> {
      var points = number(record, row, column, POINTS);
      var minutes = minutes(record, row, gameweek);
      if (player.isPresent() && points.isPresent() && minutes.isPresent()) {
        add(
            new Projection(
                player.getAsInt(), gameweek, points.getAsDouble(), minutes.getAsDouble(), null),
            row);
      }
    });
  }

  /* Some tables have points alone; a match is assumed then. */
  private OptionalDouble minutes(NamedCsvRecord record, int row, int gameweek) {
    var column = gameweek + "_xMins";
    return record.getHeader().contains(column)
        ? number(record, row, column, MINUTES)
        : OptionalDouble.of(MATCH);
  }

  private OptionalInt player(NamedCsvRecord record, int row, String column) {
    var player = whole(record, row, column);
    if (player.isPresent() && !playerIds.contains(player.getAsInt())) {
      reject(row, column, "No player has the id " + player.getAsInt());
    }
    return player;
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
    var player = player(record, row, "player_id");
    var gameweek = whole(record, row, "gw");
    if (gameweek.isPresent() && (gameweek.getAsInt() < 1 || gameweek.getAsInt() > LAST_GAMEWEEK)) {
      reject(row, "gw", "Gameweek " + gameweek.getAsInt() + " must be 1 to " + LAST_GAMEWEEK);
    }
    var points = number(record, row, "points", POINTS);
    var minutes = number(record, row, "minutes", MINUTES);
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

  private OptionalDouble number(NamedCsvRecord record, int row, String column, Range range) {
    var value = parsed(record, row, column, () -> Double.parseDouble(decimal(record, column)));
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!range.contains(value.get())) {
      reject(
          row,
          column,
          "%s must be %s to %s".formatted(cell(record, column), range.low(), range.high()));
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

  private String decimal(NamedCsvRecord record, String column) {
    var cell = cell(record, column);
    return separator == ',' ? cell : cell.replace(',', '.');
  }

  private static String cell(NamedCsvRecord record, String column) {
    return record.findField(column).orElse("").strip();
  }

  private void reject(int row, String column, String message) {
    defects.add(Defect.ofCell(row, column, message));
  }
}
