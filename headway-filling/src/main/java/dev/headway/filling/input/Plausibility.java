package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Warnings about sound lots that are probably not meant so. */
final class Plausibility {
  /** So many times the median, or so small a part of it, is a separator too many or too few. */
  private static final long FAR = 500;

  private static final int FEWEST_TO_JUDGE = 3;

  private Plausibility() {}

  /**
   * Lots whose vials are a thousand times off the others', and types that differ only in case,
   * blanks or hyphens.
   *
   * @param typeField the name of the type's column
   * @param vialsField the name of the vials' column
   */
  static List<Defect> warnings(List<ReadLots.Placed> lots, String typeField, String vialsField) {
    var warnings = new ArrayList<Defect>();
    if (lots.size() >= FEWEST_TO_JUDGE) {
      farOff(lots, vialsField, warnings);
    }
    alike(lots, typeField, warnings);
    return warnings;
  }

  private static void farOff(List<ReadLots.Placed> lots, String field, List<Defect> warnings) {
    var sorted = lots.stream().mapToLong(placed -> placed.lot().vials()).sorted().toArray();
    var median = sorted[sorted.length / 2];
    for (var placed : lots) {
      var vials = placed.lot().vials();
      if (vials / FAR >= median || median / FAR >= vials) {
        warnings.add(
            Defect.ofCell(
                placed.row(),
                field,
                String.format(
                    Locale.ROOT,
                    "%s: %,d is far from the other lots' %,d; is a separator missing?",
                    field,
                    vials,
                    median)));
      }
    }
  }

  private static void alike(List<ReadLots.Placed> lots, String field, List<Defect> warnings) {
    Map<String, String> spelled = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (var placed : lots) {
      var type = placed.lot().type();
      var folded = type.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
      var first = spelled.computeIfAbsent(folded, _ -> type);
      if (seen.add(type) && !first.equals(type)) {
        warnings.add(
            Defect.ofCell(
                placed.row(),
                field,
                "%s: '%s' and '%s' count as two types; write them alike if they are one."
                    .formatted(field, first, type)));
      }
    }
  }
}
