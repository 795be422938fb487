package dev.headway.core.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that is nearest to a mistyped one, for "Did you mean" in error messages. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name with the fewest edits to {@code name}; the first in order of several. Empty when
   * more than half of it would change.
   */
  public static Optional<String> of(String name, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(candidate -> 2 * distance(name, candidate) <= candidate.length());
  }

  /**
   * The number of single-character edits between two names: the distance of Levenshtein (1966), by
   * the algorithm of Wagner and Fischer (1974).
   */
  public static int distance(String from, String to) {
    var row = new int[to.length() + 1];
    for (var j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (var i = 1; i <= from.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j < row.length; j++) {
        var substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
