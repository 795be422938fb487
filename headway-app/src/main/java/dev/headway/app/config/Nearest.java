package dev.headway.app.config;

import dev.headway.core.setting.NamedSetting;
import java.util.Collection;
import java.util.Comparator;

/** What somebody who mistyped a name most likely meant. */
final class Nearest {
  private Nearest() {}

  /** The setting's name nearest to a dotted name; one in the wrong section is near, too. */
  static String setting(String name) {
    return Settings.TREE.settings().stream()
        .map(NamedSetting::name)
        .min(
            Comparator.<String>comparingInt(
                    known -> Math.min(distance(name, known), 1 + distance(name, last(known))))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The known name nearest to a name; the first in order of several. */
  static String of(String name, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /* Levenshtein's distance, kept row by row (Wagner and Fischer, 1974). */
  private static int distance(String from, String to) {
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
