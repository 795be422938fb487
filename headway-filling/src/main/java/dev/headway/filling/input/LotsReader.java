package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.filling.input.NumberReading.DecimalMark;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Settings;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks rows of lots and collects every defect.
 *
 * <p>Used by one thread, for one input.
 */
public final class LotsReader {
  /** How many lots a plan may have. */
  public static final int MAX_LOTS = 5_000;

  private static final int MAX_NAME_LENGTH = 200;

  /** The character that stands for one that a charset does not have. */
  private static final char LOST = '\uFFFD';

  private static final long MAX_VIALS = 1_000_000_000_000L;
  private static final BigDecimal MAX_FILL_HOURS = BigDecimal.valueOf(100_000);

  private final boolean csv;
  private final DecimalMark mark;
  private final TermsReader terms;
  private final List<ReadLots.Placed> lots = new ArrayList<>();
  private final List<Defect> errors = new ArrayList<>();
  private final ReadingNotes notes = new ReadingNotes();
  private final Map<String, Integer> rowOf = new HashMap<>();

  private LotsReader(boolean csv, DecimalMark mark, ZoneId zone) {
    this.csv = csv;
    this.mark = mark;
    this.terms = new TermsReader(zone, this::refuse);
  }

  /** Reads a CSV file whose times are UTC. */
  public static ReadLots csv(byte[] file) {
    return csv(file, Settings.UTC);
  }

  /**
   * Reads a CSV file, in the encodings and dialects that {@link LotsCsv} describes.
   *
   * @param zone of times without an offset
   */
  public static ReadLots csv(byte[] file, ZoneId zone) {
    var parsed = LotsCsv.parse(file);
    if (parsed.rows().isEmpty() && !parsed.errors().isEmpty()) {
      return new ReadLots(List.of(), parsed.errors(), parsed.warnings());
    }
    var reader = new LotsReader(true, parsed.mark(), zone);
    reader.errors.addAll(parsed.errors());
    return reader.read(parsed.rows(), parsed.warnings());
  }

  /** Reads the rows of a JSON list whose times are UTC. */
  public static ReadLots rows(List<LotRow> rows) {
    return rows(rows, Settings.UTC);
  }

  /**
   * Reads the rows of a JSON list.
   *
   * @param zone of times without an offset
   */
  public static ReadLots rows(List<LotRow> rows, ZoneId zone) {
    return new LotsReader(false, DecimalMark.POINT, zone).read(rows, List.of());
  }

  private ReadLots read(List<LotRow> rows, List<Defect> warnings) {
    if (rows.isEmpty()) {
      errors.add(Defect.of("There are no lots; send at least one."));
    }
    if (rows.size() > MAX_LOTS) {
      errors.add(
          Defect.of(
              "There are %,d lots; a plan takes at most %,d. Split the set."
                  .formatted(rows.size(), MAX_LOTS)));
    }
    rows.stream().limit(MAX_LOTS).forEach(this::read);
    var all = new ArrayList<>(warnings);
    all.addAll(notes.warnings());
    all.addAll(Plausibility.warnings(lots, this::field));
    return new ReadLots(lots, errors, all);
  }

  private void read(LotRow row) {
    var before = errors.size();
    var id = name(row, LotColumn.ID, row.cell(LotColumn.ID));
    var type = name(row, LotColumn.TYPE, row.cell(LotColumn.TYPE));
    var vials = vials(row);
    var fillTime = fillTime(row, id);
    if (id != null) {
      requireUnique(row, id);
    }
    var read = terms.read(row);
    if (errors.size() == before && id != null && type != null) {
      lots.add(new ReadLots.Placed(row.row(), new Lot(id, type, vials, fillTime, read)));
    }
  }

  private @Nullable String name(LotRow row, LotColumn column, @Nullable Object value) {
    if (value != null && !(value instanceof String) && !(value instanceof Number)) {
      return refuse(row, column, "must be a text, not %s.".formatted(value));
    }
    var text = text(row, column, value);
    if (text.isEmpty()) {
      return refuse(row, column, "is blank; every lot needs one.");
    }
    if (text.length() > MAX_NAME_LENGTH) {
      return refuse(
          row,
          column,
          "has %d characters; at most %d are allowed.".formatted(text.length(), MAX_NAME_LENGTH));
    }
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      return refuse(row, column, "goes over several lines; is a quote missing at its end?");
    }
    if (text.indexOf(LOST) >= 0) {
      return refuse(row, column, "has lost a character ('%c'); save it as UTF-8.".formatted(LOST));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return refuse(row, column, "contains a control character; remove it.");
    }
    return text;
  }

  private @Nullable String refuse(LotRow row, LotColumn column, String problem) {
    var field = field(column);
    errors.add(Defect.ofCell(row.row(), field, "%s %s".formatted(field, problem)));
    return null;
  }

  /** The visible text of a cell; others are told of what was removed. */
  private String text(LotRow row, LotColumn column, @Nullable Object value) {
    var text = value == null ? "" : value.toString();
    if (Invisible.in(text)) {
      notes.add(row.row(), field(column), "invisible characters were removed");
    }
    return Invisible.removed(text);
  }

  private long vials(LotRow row) {
    var number = number(row, LotColumn.VIALS, row.cell(LotColumn.VIALS));
    return number == null ? 0 : number.longValueExact();
  }

  /** A positive whole number; null after a defect. */
  private @Nullable BigDecimal number(LotRow row, LotColumn column, @Nullable Object value) {
    var text = text(row, column, value);
    if (text.isEmpty()) {
      refuse(row, column, "is blank; give a positive whole number.");
      return null;
    }
    var number = value instanceof String ? read(row, column, text) : Numbers.parse(value);
    if (number != null && isCount(number)) {
      return number;
    }
    if (!(value instanceof String) || !refusedAsRead(row, column, text)) {
      refuse(
          row,
          column,
          "must be a positive whole number, at most %d, not '%s'."
              .formatted(MAX_VIALS, Numbers.shorten(text)));
    }
    return null;
  }

  private static boolean isCount(BigDecimal number) {
    return number.signum() > 0
        && number.stripTrailingZeros().scale() <= 0
        && number.compareTo(BigDecimal.valueOf(MAX_VIALS)) <= 0;
  }

  /** The number of a text, if it has just one meaning; null otherwise. */
  private @Nullable BigDecimal read(LotRow row, LotColumn column, String text) {
    return switch (reading(text)) {
      case NumberReading.Exact(var value) -> value;
      case NumberReading.ByRule read -> {
        notes.add(row.row(), field(column), text, read);
        yield read.value();
      }
      case NumberReading.Ambiguous _, NumberReading.Scientific _, NumberReading.None _ -> null;
    };
  }

  private NumberReading reading(String text) {
    return Numbers.tooLong(text) ? new NumberReading.None() : NumberReading.of(text, mark);
  }

  /** Whether a text is a number that must be written otherwise, which is said then. */
  private boolean refusedAsRead(LotRow row, LotColumn column, String text) {
    switch (reading(text)) {
      case NumberReading.Ambiguous(var small, var large) ->
          refuse(
              row,
              column,
              "'%s' can mean %s or %s; write it without separators."
                  .formatted(
                      text,
                      small.stripTrailingZeros().toPlainString(),
                      NumberReading.shown(large)));
      case NumberReading.Scientific() ->
          refuse(
              row,
              column,
              "'%s' may have lost digits; format the column as a whole number."
                  .formatted(Numbers.shorten(text)));
      case NumberReading.Exact _, NumberReading.ByRule _, NumberReading.None _ -> {
        return false;
      }
    }
    return true;
  }

  private @Nullable Long fillTime(LotRow row, @Nullable String id) {
    var text = text(row, LotColumn.FILL_HOURS, row.cell(LotColumn.FILL_HOURS));
    if (text.isEmpty()) {
      return null;
    }
    var hours = hours(row, text);
    if (hours == null || hours.signum() <= 0 || hours.compareTo(MAX_FILL_HOURS) > 0) {
      var message =
          "Lot '%s' has invalid fill_hours: %s"
              .formatted(id == null ? "" : id, Numbers.shorten(text));
      errors.add(Defect.ofCell(row.row(), field(LotColumn.FILL_HOURS), message));
      return null;
    }
    return Math.max(1, Micros.ofHours(hours));
  }

  /** Hours have decimals, so where a point marks them, three digits after it are no riddle. */
  private @Nullable BigDecimal hours(LotRow row, String text) {
    if (!(row.cell(LotColumn.FILL_HOURS) instanceof String)
        || (mark == DecimalMark.POINT && !text.contains(","))) {
      return Numbers.parse(
          row.cell(LotColumn.FILL_HOURS) instanceof String ? text : row.cell(LotColumn.FILL_HOURS));
    }
    return read(row, LotColumn.FILL_HOURS, text);
  }

  private void requireUnique(LotRow row, String id) {
    var earlier = rowOf.putIfAbsent(id, row.row());
    if (earlier != null) {
      refuse(row, LotColumn.ID, "'%s' is already used in row %d.".formatted(id, earlier));
    }
  }

  private String field(LotColumn column) {
    return csv ? column.header() : column.member();
  }
}
