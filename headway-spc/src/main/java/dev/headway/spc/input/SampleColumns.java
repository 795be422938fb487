package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.model.Subgroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a CSV file.
 *
 * @param byName the index of each known column
 * @param measurements the indices of the measurement columns, in the order of what they hold: the
 *     count before the size, and the measurements by their numbers
 * @param ignored the names of the columns that are left out
 * @param count how many columns there are
 */
record SampleColumns(
    Map<String, Integer> byName, List<Integer> measurements, List<String> ignored, int count) {
  static final String CHARACTERISTIC = "characteristic_id";
  static final String TIMESTAMP = "timestamp";
  static final String DATE = "date";
  static final String TIME = "time";
  static final String LINE = "line";
  static final String BATCH = "batch_number";
  static final String OPERATOR = "operator_id";
  static final String SUBGROUP = "subgroup";
  static final String KEY = "key";

  private static final List<String> KNOWN =
      List.of(CHARACTERISTIC, TIMESTAMP, DATE, TIME, BATCH, OPERATOR, SUBGROUP, KEY);
  private static final Pattern MEASUREMENT =
      Pattern.compile("value|count|size|(?:m|x|measurement_)[1-9][0-9]?");

  /** Whether a name is that of a column that samples are read from. */
  static boolean isKnown(String name) {
    return KNOWN.contains(name) || MEASUREMENT.matcher(name).matches();
  }

  /**
   * Reads a header; a file of one characteristic need not name it.
   *
   * @throws HeadwayException INVALID_INPUT with everything that is wrong with it
   */
  static SampleColumns of(List<String> header, FileMapping mapping, boolean characteristicGiven) {
    var defects = new ArrayList<Defect>();
    var byName = new HashMap<String, Integer>();
    var ignored = new ArrayList<String>();
    for (var index = 0; index < header.size(); index++) {
      var name = mapping.held(header.get(index), index);
      if (!isKnown(name)) {
        if (!mapping.ignoresOthers() && !name.isEmpty()) {
          defects.add(Defect.ofCell(1, name, unknown(name)));
        }
        ignored.add(header.get(index).strip());
      } else if (byName.putIfAbsent(name, index) != null) {
        defects.add(Defect.ofCell(1, name, "the column is given twice"));
      }
    }
    if (!characteristicGiven && !byName.containsKey(CHARACTERISTIC)) {
      defects.add(Defect.ofCell(1, CHARACTERISTIC, "the column is missing"));
    }
    var measurements = measurements(byName);
    if (measurements.isEmpty() || measurements.size() > Subgroup.MAX_SIZE) {
      defects.add(
          Defect.ofCell(
              1, "m1", measurements.size() + " measurement columns; there must be 1 to 25"));
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.badInput(defects);
    }
    return new SampleColumns(byName, measurements, List.copyOf(ignored), header.size());
  }

  private static List<Integer> measurements(Map<String, Integer> byName) {
    return byName.entrySet().stream()
        .filter(entry -> MEASUREMENT.matcher(entry.getKey()).matches())
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Integer> entry) -> rank(entry.getKey()))
                .thenComparing(Map.Entry::getValue))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static int rank(String name) {
    var digits = name.replaceAll("[^0-9]", "");
    return name.equals("size") ? 1 : digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  /** The defect of a column of an unknown name. */
  static String unknown(String name) {
    return "no such column as '%s'; known are %s and, for measurements, value or m1, m2, ... up to m25, for attributes count, size"
        .formatted(name, String.join(", ", KNOWN));
  }

  /** Whether a subgroup's measurements are in rows, not in columns. */
  boolean subgroupsInRows() {
    return byName.containsKey(SUBGROUP);
  }

  /** The text of a time: of its one column, or of those of the date and the time of day. */
  @Nullable String time(List<String> fields) {
    var whole = text(fields, TIMESTAMP);
    if (whole != null) {
      return whole;
    }
    var date = text(fields, DATE);
    var time = text(fields, TIME);
    return date == null || time == null ? date == null ? time : date : date + " " + time;
  }

  /** The text of a named column, or null where the column or its text is missing. */
  @Nullable String text(List<String> fields, String name) {
    var index = byName.get(name);
    if (index == null || index >= fields.size()) {
      return null;
    }
    var text = fields.get(index).strip();
    return text.isEmpty() ? null : text;
  }
}
