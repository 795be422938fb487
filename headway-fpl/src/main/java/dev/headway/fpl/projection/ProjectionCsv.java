package dev.headway.fpl.projection;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.rules.Gameweeks;
import dev.headway.server.file.CsvText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a table of projections with a header, in either of two forms: {@code
 * player_id,gw,points,minutes}, a row for each player and gameweek; or the wide form of public
 * solvers, a row for each player with {@code ID} and, for each gameweek n, {@code n_Pts} and {@code
 * n_xMins}. Cells are separated by comma, semicolon or tab, whichever the header has or a line
 * {@code sep=} says; a comma within a cell is the decimal mark. A byte order mark and rows without
 * any text are passed over, and the case of the header does not matter.
 */
public final class ProjectionCsv {
  private static final List<String> COLUMNS = List.of("player_id", "gw", "points", "minutes");
  private static final Pattern WIDE = Pattern.compile("([0-9]{1,2})_pts");
  private static final String WIDE_ID = "ID";
  private static final String FORMS =
      "its header must have player_id, gw, points and minutes, or ID and a column such as 2_Pts for each gameweek";

  /* Where a column of ids has gaps, spreadsheets and data frames write its ids with a fraction. */
  private static final Pattern WHOLE = Pattern.compile("([0-9]{1,9})(?:[.,]0*)?");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Range POINTS = new Range(-10, 100);

  /* Three matches in a gameweek have happened. */
  private static final Range MINUTES = new Range(0, 270);
  private static final double MATCH = 90;
  private static final int MOST_DEFECTS = 100;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final char NO_BREAK_SPACE = '\u00A0';

  /** From one number to another; NaN is in none. */
  private record Range(double low, double high) {
    boolean contains(double value) {
      return value >= low && value <= high;
    }
  }

  /** The cells of a row; the header is row 1. */
  private record Row(int number, List<String> cells) {}

  private final Set<Integer> playerIds;
  private final List<Defect> defects = new ArrayList<>();
  private final Map<TableProjections.Key, Projection> table = new HashMap<>();
  private final Map<String, Integer> columns = new HashMap<>(); // places by plain names
  private final Map<Integer, String> gameweeks = new LinkedHashMap<>(); // the wide form's columns
  private int width;

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
    var text = csv.startsWith(BYTE_ORDER_MARK) ? csv.substring(1) : csv;
    var reader = new ProjectionCsv(playerIds);
    reader.read(CsvText.of(text));
    if (!reader.defects.isEmpty()) {
      throw HeadwayException.badInput(
          reader.defects.subList(0, Math.min(MOST_DEFECTS, reader.defects.size())));
    }
    return new TableProjections(reader.table);
  }

  private void read(CsvText text) {
    int number = 0;
    int rows = 0;
    try (var records =
        CsvReader.builder()
            .fieldSeparator(text.separator())
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text.rows())) {
      for (var record : records) {
        var row = new Row(++number, record.getFields().stream().map(ProjectionCsv::text).toList());
        if (row.cells().stream().allMatch(String::isEmpty)) {
          continue;
        }
        if (rows++ > 0) {
          readRow(row);
        } else if (!readHeader(row)) {
          return;
        }
      }
    } catch (CsvParseException | IOException e) {
      defects.add(Defect.of("The table is not well-formed CSV: " + e.getMessage()));
      return;
    }
    if (rows < 2) {
      defects.add(Defect.of("The table has no rows; it needs a header and one row at least"));
    }
  }

  /* Returns whether the rows can be read by it. */
  private boolean readHeader(Row header) {
    width = header.cells().size();
    for (int at = 0; at < header.cells().size(); at++) {
      var column = header.cells().get(at);
      if (!column.isEmpty() && columns.putIfAbsent(plain(column), at) != null) {
        reject(header, column, "The column %s is there twice".formatted(column));
      }
      var points = WIDE.matcher(plain(column));
      if (points.matches()) {
        gameweeks.put(Integer.parseInt(points.group(1)), column);
      }
    }
    if (columns.containsKey(plain(WIDE_ID)) && !gameweeks.isEmpty()) {
      gameweeks.forEach((gameweek, column) -> checkGameweek(gameweek, header, column));
    } else {
      gameweeks.clear();
      rejectMissing(header);
    }
    return defects.isEmpty();
  }

  private void rejectMissing(Row header) {
    var missing = COLUMNS.stream().filter(column -> !columns.containsKey(column)).toList();
    if (missing.equals(COLUMNS)) {
      reject(header, "", "This is no table of projections: " + FORMS);
    } else {
      missing.forEach(column ->
          reject(header, column, "The column %s is missing from the header".formatted(column)));
    }
  }

  private void readRow(Row row) {
    var beyond = row.cells().stream().skip(width).filter(cell -> !cell.isEmpty()).findFirst();
    if (beyond.isPresent()) {
      reject(row, "", "'%s' stands in no column; the header has %d".formatted(beyond.get(), width));
    } else if (gameweeks.isEmpty()) {
      readOne(row);
    } else {
      readWide(row);
    }
  }

  private void readWide(Row row) {
    var player = player(row, WIDE_ID);
    gameweeks.forEach((gameweek, column) -> {
      if (cell(row, column).isEmpty()) {
        return; // nothing is projected for him
      }
      var points = number(row, column, POINTS);
      var minutes = minutes(row, gameweek);
      if (player.isPresent() && points.isPresent() && minutes.isPresent()) {
        add(
            new Projection(
                player.getAsInt(), gameweek, points.getAsDouble(), minutes.getAsDouble(), null),
            row);
      }
    });
  }

  /* Some tables have points alone; a match is assumed then. */
  private OptionalDouble minutes(Row row, int gameweek) {
    var column = gameweek + "_xMins";
    return cell(row, column).isEmpty() ? OptionalDouble.of(MATCH) : number(row, column, MINUTES);
  }

  private OptionalInt player(Row row, String column) {
    var player = whole(row, column);
    if (player.isPresent() && !playerIds.contains(player.getAsInt())) {
      reject(row, column, "No player has the id " + player.getAsInt());
    }
    return player;
  }

  private void checkGameweek(int gameweek, Row row, String column) {
    if (gameweek < 1 || gameweek > Gameweeks.LAST) {
      reject(row, column, "Gameweek " + gameweek + " must be 1 to " + Gameweeks.LAST);
    }
  }

  private void readOne(Row row) {
    var player = player(row, "player_id");
    var gameweek = whole(row, "gw");
    gameweek.ifPresent(number -> checkGameweek(number, row, "gw"));
    var points = number(row, "points", POINTS);
    var minutes = number(row, "minutes", MINUTES);
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

  private void add(Projection projection, Row row) {
    var key = new TableProjections.Key(projection.playerId(), projection.gameweek());
    if (table.put(key, projection) != null) {
      reject(
          row,
          gameweeks.isEmpty() ? "player_id" : WIDE_ID,
          "Player %d has two rows for gameweek %d".formatted(key.playerId(), key.gameweek()));
    }
  }

  private OptionalInt whole(Row row, String column) {
    var number = WHOLE.matcher(cell(row, column));
    if (number.matches()) {
      return OptionalInt.of(Integer.parseInt(number.group(1)));
    }
    reject(row, column, wrong(cell(row, column), "a whole number"));
    return OptionalInt.empty();
  }

  private OptionalDouble number(Row row, String column, Range range) {
    var cell = cell(row, column);
    if (!NUMBER.matcher(cell).matches()) {
      reject(row, column, wrong(cell, "a number"));
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(cell.replace(',', '.'));
    if (!range.contains(value)) {
      reject(row, column, "%s must be %s to %s".formatted(cell, range.low(), range.high()));
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(value);
  }

  private static String wrong(String cell, String kind) {
    return cell.isEmpty() ? "The cell is empty" : "'%s' is not %s".formatted(cell, kind);
  }

  private String cell(Row row, String column) {
    int at = columns.getOrDefault(plain(column), Integer.MAX_VALUE);
    return at < row.cells().size() ? row.cells().get(at) : "";
  }

  private static String plain(String column) {
    return column.toLowerCase(Locale.ROOT);
  }

  private static String text(String cell) {
    return cell.replace(NO_BREAK_SPACE, ' ').strip();
  }

  private void reject(Row row, String column, String message) {
    defects.add(Defect.ofCell(row.number(), column, message));
  }
}
