package dev.headway.spc.input;

import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Observation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the fields of one line into a sample, or into everything that is wrong with them. */
final class SampleRowReader {
  // Double.parseDouble also takes hexadecimal numbers, type suffixes, NaN and Infinity.
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
  private static final int LONGEST_TEXT = 200;

  private final SampleColumns columns;
  private final LongFunction<@Nullable Definition> definitions;
  private final @Nullable Long characteristicId;

  SampleRowReader(
      SampleColumns columns,
      LongFunction<@Nullable Definition> definitions,
      @Nullable Long characteristicId) {
    this.columns = columns;
    this.definitions = definitions;
    this.characteristicId = characteristicId;
  }

  ImportRow read(long line, List<String> fields) {
    var defects = new ArrayList<InputDefect>();
    if (fields.size() > columns.count()) {
      defects.add(
          new InputDefect(
              "line", "%d fields under %d columns".formatted(fields.size(), columns.count())));
    }
    var id = characteristic(fields, defects);
    var timestamp = timestamp(fields, defects);
    var batch = limited(fields, SampleColumns.BATCH, defects);
    var operator = limited(fields, SampleColumns.OPERATOR, defects);
    var observation = observation(id, measurements(fields, defects), defects);
    return id == null || observation == null || !defects.isEmpty()
        ? new ImportRow.Bad(line, List.copyOf(defects))
        : new ImportRow.Good(line, id, timestamp, observation, batch, operator);
  }

  private @Nullable Long characteristic(List<String> fields, List<InputDefect> defects) {
    var text = columns.text(fields, SampleColumns.CHARACTERISTIC);
    var id = characteristicId;
    if (text != null) {
      id = ID.matcher(text).matches() ? Long.valueOf(text) : null;
    }
    if (id == null || definitions.apply(id) == null) {
      var named = text == null ? String.valueOf(id) : text;
      var message = id == null && text == null ? "is missing" : named + " is no characteristic";
      defects.add(new InputDefect(SampleColumns.CHARACTERISTIC, message));
      return null;
    }
    return id;
  }

  private @Nullable Instant timestamp(List<String> fields, List<InputDefect> defects) {
    var text = columns.text(fields, SampleColumns.TIMESTAMP);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException unreadable) {
      defects.add(
          new InputDefect(
              SampleColumns.TIMESTAMP,
              "'%s' is no ISO 8601 time with an offset, such as 2026-01-31T08:30:00Z"
                  .formatted(shortened(text))));
      return null;
    }
  }

  private @Nullable String limited(List<String> fields, String column, List<InputDefect> defects) {
    var text = columns.text(fields, column);
    if (text != null && text.length() > LONGEST_TEXT) {
      defects.add(new InputDefect(column, "longer than " + LONGEST_TEXT + " characters"));
    }
    return text;
  }

  /** The numbers of the line; empty cells at its end are a smaller subgroup's. */
  private List<Double> measurements(List<String> fields, List<InputDefect> defects) {
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
        defects.add(new InputDefect("measurements[" + position + "]", notANumber(text)));
      }
    }
    return numbers;
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
      @Nullable Long id, List<Double> numbers, List<InputDefect> defects) {
    var definition = id == null ? null : definitions.apply(id);
    var unreadable = defects.stream().anyMatch(defect -> defect.field().startsWith("measurements"));
    if (definition == null || unreadable) {
      return null;
    }
    return switch (SampleCheck.observation(definition, numbers)) {
      case Checked.Valid<Observation>(var observation) -> observation;
      case Checked.Invalid<Observation>(var found) -> {
        defects.addAll(found);
        yield null;
      }
    };
  }
}
