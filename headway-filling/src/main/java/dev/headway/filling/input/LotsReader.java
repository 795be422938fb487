package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import java.math.BigDecimal;
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
  private static final long MAX_VIALS = 1_000_000_000_000L;
  private static final BigDecimal MAX_FILL_HOURS = BigDecimal.valueOf(100_000);

  private final boolean csv;
  private final List<ReadLots.Placed> lots = new ArrayList<>();
  private final List<Defect> errors = new ArrayList<>();
  private final Map<String, Integer> rowOf = new HashMap<>();

  private LotsReader(boolean csv) {
    this.csv = csv;
  }

  /** Reads a CSV file, in the encodings and dialects that {@link LotsCsv} describes. */
  public static ReadLots csv(byte[] file) {
    var parsed = LotsCsv.parse(file);
    if (!parsed.errors().isEmpty()) {
      return new ReadLots(List.of(), parsed.errors(), parsed.warnings());
    }
    return new LotsReader(true).read(parsed.rows(), parsed.warnings());
  }

  /** Reads the rows of a JSON list. */
  public static ReadLots rows(List<LotRow> rows) {
    return new LotsReader(false).read(rows, List.of());
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
    return new ReadLots(lots, errors, warnings);
  }

  private void read(LotRow row) {
    var before = errors.size();
    var id = name(row, LotColumn.ID, row.id());
    var type = name(row, LotColumn.TYPE, row.type());
    var vials = vials(row);
    var fillTime = fillTime(row, id);
    if (id != null) {
      requireUnique(row, id);
    }
    if (errors.size() == before && id != null && type != null) {
      lots.add(new ReadLots.Placed(row.row(), new Lot(id, type, vials, fillTime)));
    }
  }

  private @Nullable String name(LotRow row, LotColumn column, @Nullable Object value) {
    if (value != null && !(value instanceof String) && !(value instanceof Number)) {
      return refuse(row, column, "must be a text, not %s.".formatted(value));
    }
    var text = value == null ? "" : value.toString().strip();
    if (text.isEmpty()) {
      return refuse(row, column, "is blank; every lot needs one.");
    }
    if (text.length() > MAX_NAME_LENGTH) {
      return refuse(
          row,
          column,
          "has %d characters; at most %d are allowed.".formatted(text.length(), MAX_NAME_LENGTH));
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

  private long vials(LotRow row) {
    var text = Numbers.text(row.vials());
    var number = Numbers.parse(row.vials());
    if (number == null
        || number.signum() <= 0
        || number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.valueOf(MAX_VIALS)) > 0) {
      refuse(
          row,
          LotColumn.VIALS,
          text.isEmpty()
              ? "is blank; give a positive whole number."
              : "must be a positive whole number, at most %d, not '%s'."
                  .formatted(MAX_VIALS, Numbers.shorten(text)));
      return 0;
    }
    return number.longValueExact();
  }

  private @Nullable Long fillTime(LotRow row, @Nullable String id) {
    var text = Numbers.text(row.fillHours());
    if (text.isEmpty()) {
      return null;
    }
    var hours = Numbers.parse(row.fillHours());
    if (hours == null || hours.signum() <= 0 || hours.compareTo(MAX_FILL_HOURS) > 0) {
      var message =
          "Lot '%s' has invalid fill_hours: %s"
              .formatted(id == null ? "" : id, Numbers.shorten(text));
      errors.add(Defect.ofCell(row.row(), field(LotColumn.FILL_HOURS), message));
      return null;
    }
    return Math.max(1, Micros.ofHours(hours));
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
