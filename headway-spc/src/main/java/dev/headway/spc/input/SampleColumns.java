package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.model.Subgroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a CSV file holds what.
 *
 * @param byName the index of each known column
 * @param measurements the indices of the measurement columns, in their order
 * @param count how many columns there are
 */
record SampleColumns(Map<String, Integer> byName, List<Integer> measurements, int count) {
  static final String CHARACTERISTIC = "characteristic_id";
  static final String TIMESTAMP = "timestamp";
  static final String LINE = "line";
  static final String BATCH = "batch_number";
  static final String OPERATOR = "operator_id";

  private static final List<String> KNOWN = List.of(CHARACTERISTIC, TIMESTAMP, BATCH, OPERATOR);
  private static final Pattern MEASUREMENT =
      Pattern.compile("value|count|size|(?:m|x|measurement_)[1-9][0-9]?");

  /**
   * Reads a header; a file of one characteristic need not name it.
   *
   * @throws HeadwayException INVALID_INPUT with everything that is wrong with it
   */
  static SampleColumns of(List<String> header, boolean characteristicGiven) {
    var defects = new ArrayList<Defect>();
    var byName = new HashMap<String, Integer>();
    var measurements = new ArrayList<Integer>();
    for (var index = 0; index < header.size(); index++) {
      var name = header.get(index).strip().toLowerCase(Locale.ROOT);
      if (byName.putIfAbsent(name, index) != null) {
        defects.add(Defect.ofCell(1, name, "the column is given twice"));
      } else if (MEASUREMENT.matcher(name).matches()) {
        measurements.add(index);
      } else if (!KNOWN.contains(name)) {
        defects.add(unknown(name));
      }
    }
    if (!characteristicGiven && !byName.containsKey(CHARACTERISTIC)) {
      defects.add(Defect.ofCell(1, CHARACTERISTIC, "the column is missing"));
    }
    if (measurements.isEmpty() || measurements.size() > Subgroup.MAX_SIZE) {
      defects.add(
          Defect.ofCell(
              1, "m1", measurements.size() + " measurement columns; there must be 1 to 25"));
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.badInput(defects);
    }
    return new SampleColumns(byName, measurements, header.size());
  }

  private static Defect unknown(String name) {
    return Defect.ofCell(
        1,
        name,
        "no such column; known are "
            + String.join(", ", KNOWN)
            + " and, for measurements, value or m1, m2, ... up to m25, for attributes count, size");
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
