package dev.headway.app.config;

import static dev.headway.core.error.NearestName.distance;

import dev.headway.core.setting.NamedSetting;
import java.util.Collection;
import java.util.Comparator;

/** The known setting nearest to a mistyped one. */
final class Nearest {
  private Nearest() {}

  /** The setting nearest to a dotted name; one in the wrong section is near, too. */
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
}
