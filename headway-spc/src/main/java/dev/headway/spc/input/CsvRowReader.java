package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Observation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the fields of one line into a sample, or into everything that is wrong with them. */
final class CsvRowReader {
  // Double.parseDouble also takes hexadecimal numbers, type suffixes, NaN and Infinity.
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
  private static final int LONGEST_TEXT = 200;

  private final SampleColumns columns;
  private final LongFunction<@Nullable Definition> definitions;
  private final @Nullable Long characteristicId;

  CsvRowReader(
      SampleColumns columns,
      LongFunction<@Nullable Definition> definitions,
      @Nullable Long characteristicId) {
    this.columns = columns;
    this.definitions = definitions;
    this.characteristicId = characteristicId;
  }

  SampleRow read(long line, List<String> fields) {
    var defects = new ArrayList<Defect>();
    if (fields.size() > columns.count()) {
      defects.add(
          Defect.ofField(
              SampleColumns.LINE,
              "%d fields under %d columns".formatted(fields.size(), columns.count())));
    }
    var id = characteristic(fields, defects);
    var timestamp = timestamp(fields, defects);
    var batch = limited(fields, SampleColumns.BATCH, defects);
    var operator = limited(fields, SampleColumns.OPERATOR, defects);
    var observation = observation(id, measurements(fields, defects), defects);
    return id == null || observation == null || !defects.isEmpty()
        ? new RefusedRow(line, cells(line, defects))
        : new NewSample(line, id, timestamp, observation, batch, operator);
  }

  /** The line at which the file can no longer be read. */
  static SampleRow unreadable(long line, String reason) {
    var defect = Defect.ofField(SampleColumns.LINE, "the file cannot be read from here: " + reason);
    return new RefusedRow(line, cells(line, List.of(defect)));
  }

  /** The defects of a line as defects of its cells. */
  private static List<Defect> cells(long line, List<Defect> defects) {
    return defects.stream()
        .map(defect ->
            Defect.ofCell(
                Math.clamp(line, 1, Integer.MAX_VALUE),
                Objects.requireNonNullElse(defect.field(), SampleColumns.LINE),
                defect.message()))
        .toList();
  }

  private @Nullable Long characteristic(List<String> fields, List<Defect> defects) {
    var text = columns.text(fields, SampleColumns.CHARACTERISTIC);
    var id = characteristicId;
    if (text != null) {
      id = ID.matcher(text).matches() ? Long.valueOf(text) : null;
    }
    if (id == null || definitions.apply(id) == null) {
      var named = text == null ? String.valueOf(id) : text;
      var message = id == null && text == null ? "is missing" : named + " is no characteristic";
      defects.add(Defect.ofField(SampleColumns.CHARACTERISTIC, message));
      return null;
    }
    return id;
  }

  private @Nullable Instant timestamp(List<String> fields, List<Defect> defects) {
    var text = columns.text(fields, SampleColumns.TIMESTAMP);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException unreadable) {
      defects.add(
          Defect.ofField(
              SampleColumns.TIMESTAMP,
              "'%s' is no ISO 8601 time with an offset, such as 2026-01-31T08:30:00Z"
                  .formatted(shortened(text))));
      return null;
    }
  }

  private @Nullable String limited(List<String> fields, String column, List<Defect> defects) {
    var text = columns.text(fields, column);
    if (text != null && text.length() > LONGEST_TEXT) {
      defects.add(Defect.ofField(column, "longer than " + LONGEST_TEXT + " characters"));
    }
    return text;
  }

  /**
   * The line's numbers, or null if one is none; empty cells at its end are a smaller subgroup's.
   */
  private @Nullable List<Double> measurements(List<String> fields, List<Defect> defects) {
    var texts =
        columns.measurements().stream()
            .map(index -> index < fields.size() ? fields.get(index).strip() : "")
            .toList();
    var filled = texts.size();
    while (filled > 0 && texts.get(filled - 1).isEmpty()) {
      filled--;
    }
    var numbers = new ArrayList<Double>(filled);
    for (var position = 0; position < filled; position++) {
      var text = texts.get(position);
      if (DECIMAL.matcher(text).matches()) {
        numbers.add(Double.valueOf(text));
      } else {
        defects.add(Defect.ofField("measurements[" + position + "]", notANumber(text)));
      }
    }
    return numbers.size() == filled ? numbers : null;
  }

  private static String notANumber(String text) {
    if (text.isEmpty()) {
      return "is empty";
    }
    var hint = text.indexOf(',') >= 0 ? "; use a decimal point" : "";
    return "'" + shortened(text) + "' is not a finite number" + hint;
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private @Nullable Observation observation(
      @Nullable Long id, @Nullable List<Double> numbers, List<Defect> defects) {
    var definition = id == null ? null : definitions.apply(id);
    if (definition == null || numbers == null) {
      return null;
    }
    return SampleCheck.observation(definition, numbers, defects);
  }
}
