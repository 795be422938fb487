package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Subgroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the fields of lines into samples, or into everything that is wrong with them.
 *
 * @param columns the columns of the file
 * @param numbers how its numbers are written
 * @param times how its times are written
 * @param definitions what is known of a characteristic by its id, null if there is none
 * @param characteristicId the characteristic of lines that name none, or null if all must
 * @param mapping how the file is written
 */
record CsvRowReader(
    SampleColumns columns,
    NumberStyle numbers,
    TimeStyle times,
    LongFunction<@Nullable Definition> definitions,
    @Nullable Long characteristicId,
    FileMapping mapping) {
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
  private static final int LONGEST_TEXT = 200;

  /**
   * The cells of a line, or of the lines of one subgroup.
   *
   * @param line the last of the lines
   * @param lines how many lines there are
   * @param fields the cells of the first line
   * @param measurements the numbers, or null where one is none
   * @param defects everything that is wrong with them so far
   */
  record Cells(
      long line,
      int lines,
      List<String> fields,
      @Nullable List<Double> measurements,
      List<Defect> defects) {
    /** The same with the measurements of another line of the subgroup. */
    Cells and(Cells next) {
      if (lines > Subgroup.MAX_SIZE) { // no sample any more, however many there are
        return new Cells(next.line, lines + 1, fields, measurements, defects);
      }
      var all = new ArrayList<>(defects);
      all.addAll(next.defects);
      if (measurements == null || next.measurements == null) {
        return new Cells(next.line, lines + 1, fields, null, all);
      }
      var numbers = new ArrayList<>(measurements);
      numbers.addAll(next.measurements);
      return new Cells(next.line, lines + 1, fields, numbers, all);
    }
  }

  /** Reads the cells of a line. */
  Cells cells(long line, List<String> fields) {
    var defects = new ArrayList<Defect>();
    if (fields.size() > columns.count()) {
      var message = "%d fields under %d columns".formatted(fields.size(), columns.count());
      defects.add(Defect.ofField(SampleColumns.LINE, message));
    }
    var measurements = measurements(fields, defects);
    return new Cells(line, 1, fields, measurements, inCells(line, defects));
  }

  /** Whether the lines of one subgroup follow one another. */
  boolean subgroupsInRows() {
    return columns.subgroupsInRows() || mapping.isStacked();
  }

  /**
   * Whether a line belongs to the subgroup of those before it: it says so, says nothing, as where a
   * spreadsheet's cells were merged, or lines are stacked and the subgroup is not full.
   */
  boolean sameSubgroup(Cells before, Cells next) {
    if (!continues(before, next, SampleColumns.CHARACTERISTIC)) {
      return false;
    }
    return columns.subgroupsInRows()
        ? columns.text(before.fields(), SampleColumns.SUBGROUP) != null
            && continues(before, next, SampleColumns.SUBGROUP)
        : !isFull(before);
  }

  private boolean continues(Cells before, Cells next, String column) {
    var named = columns.text(next.fields(), column);
    return named == null || named.equals(columns.text(before.fields(), column));
  }

  private boolean isFull(Cells cells) {
    var id = characteristic(cells.fields(), new ArrayList<>());
    var definition = id == null ? null : definitions.apply(id);
    return definition == null || cells.lines() >= definition.subgroupSize();
  }

  /** The sample that cells are. */
  SampleRow sample(Cells cells) {
    var fields = cells.fields();
    var defects = new ArrayList<Defect>();
    var id = characteristic(fields, defects);
    var timestamp = timestamp(fields, defects);
    var batch = limited(fields, SampleColumns.BATCH, defects);
    var operator = limited(fields, SampleColumns.OPERATOR, defects);
    var key = key(fields, timestamp, defects);
    var definition = id == null ? null : definitions.apply(id);
    var measurements = cells.measurements();
    var observation =
        definition == null || measurements == null
            ? null
            : SampleCheck.observation(definition, measurements, defects);
    var all = new ArrayList<>(inCells(cells.line(), defects));
    all.addAll(cells.defects());
    return id == null || observation == null || !all.isEmpty()
        ? new RefusedRow(cells.line(), all)
        : new NewSample(cells.line(), id, timestamp, observation, batch, operator, key);
  }

  private @Nullable String key(
      List<String> fields, @Nullable Instant timestamp, List<Defect> defects) {
    var key = limited(fields, SampleColumns.KEY, defects);
    return key == null && mapping.hasUniqueTimes() && timestamp != null
        ? timestamp.toString()
        : key;
  }

  /** The line at which the file can no longer be read. */
  static SampleRow unreadable(long line, String reason) {
    var defect = Defect.ofField(SampleColumns.LINE, "the file cannot be read from here: " + reason);
    return new RefusedRow(line, inCells(line, List.of(defect)));
  }

  /** The defects of a line as defects of its cells. */
  private static List<Defect> inCells(long line, List<Defect> defects) {
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
    var text = columns.time(fields);
    var time = text == null ? null : times.time(text);
    if (text != null && time == null) {
      defects.add(Defect.ofField(SampleColumns.TIMESTAMP, times.reason(text)));
    }
    return time;
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
    var found = new ArrayList<Double>(filled);
    for (var position = 0; position < filled; position++) {
      var number = numbers.number(texts.get(position));
      if (number == null) {
        var reason = numbers.reason(texts.get(position));
        defects.add(Defect.ofField("measurements[" + position + "]", reason));
      } else {
        found.add(number);
      }
    }
    return found.size() == filled ? found : null;
  }
}
