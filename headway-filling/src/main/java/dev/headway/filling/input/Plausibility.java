package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Problem;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Warnings about sound lots that are probably not meant so. */
final class Plausibility {
  /** So many times the median, or so small a part of it, is a separator too many or too few. */
  private static final long FAR = 500;

  private static final int FEWEST_TO_JUDGE = 2;

  /** Small letters of other scripts and, below each, the Latin letter that it is taken for. */
  private static final String ELSEWHERE = "аеорсухіјѕһкмтвнαεορτυχκινβηζ";

  private static final String LATIN = "aeopcyxijshkmtbhaeoptyxkinbhz";

  private Plausibility() {}

  /**
   * Lots whose vials are a thousand times off the others', and lots and types whose names look the
   * same but for case, accents, punctuation, leading zeros or letters of other scripts.
   *
   * @param fields the names of the columns
   */
  static List<Defect> warnings(List<ReadLots.Placed> lots, Function<LotColumn, String> fields) {
    var warnings = new ArrayList<Defect>();
    if (lots.size() >= FEWEST_TO_JUDGE) {
      farOff(lots, fields.apply(LotColumn.VIALS), warnings);
    }
    alike(lots, new Named(fields.apply(LotColumn.ID), "lots", Lot::id), warnings);
    alike(lots, new Named(fields.apply(LotColumn.TYPE), "types", Lot::type), warnings);
    return warnings;
  }

  /** A warning of the lots that are due before their schedule begins, if there are any. */
  static List<Defect> overdue(Problem problem, List<ReadLots.Placed> lots) {
    var late =
        IntStream.range(0, lots.size()).filter(lot -> problem.due(lot) <= 0).boxed().toList();
    if (late.isEmpty()) {
      return List.of();
    }
    var first = lots.get(late.getFirst());
    var others = late.size() == 1 ? "" : " (and %d more lots)".formatted(late.size() - 1);
    var message =
        "Lot '%s' is due before the schedule begins, so it will be late%s."
            .formatted(first.lot().id(), others);
    return List.of(new Defect(null, first.row(), null, message));
  }

  /**
   * A name of lots.
   *
   * @param field the name of its column
   * @param plural of what it names
   */
  private record Named(String field, String plural, Function<Lot, String> name) {}

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

  private static void alike(List<ReadLots.Placed> lots, Named named, List<Defect> warnings) {
    Map<String, String> spelled = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (var placed : lots) {
      var name = named.name().apply(placed.lot());
      var first = spelled.computeIfAbsent(folded(name), _ -> name);
      if (seen.add(name) && !first.equals(name)) {
        warnings.add(
            Defect.ofCell(
                placed.row(),
                named.field(),
                "%s: '%s' and '%s' count as two %s; write them alike if they are one."
                    .formatted(named.field(), first, name, named.plural())));
      }
    }
  }

  /** A name without all that is easily overlooked; a decimal mark is not. */
  private static String folded(String name) {
    var letters =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    return latin(letters)
        .replaceAll("(?<=\\p{N})[.,](?=\\p{N})", "·")
        .replaceAll("[^\\p{L}\\p{N}·]", "")
        .replaceAll("(?<![\\p{N}·])0+(?=\\p{N})", "")
        .replace('o', '0');
  }

  private static String latin(String letters) {
    var latin = new StringBuilder(letters);
    for (var at = 0; at < latin.length(); at++) {
      var found = ELSEWHERE.indexOf(latin.charAt(at));
      if (found >= 0) {
        latin.setCharAt(at, LATIN.charAt(found));
      }
    }
    return latin.toString();
  }
}
