package dev.headway.cli.run;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bars of one output, told apart by their names. The first that has not reached its end leads:
 * the outer one of nested bars, the present one of consecutive bars. Not thread-safe.
 */
final class BarPhases {
  private static final int MOST = 100;

  private final Map<String, Double> percents = new LinkedHashMap<>();

  /**
   * Takes the percentage of a bar. One that falls has begun again and stands behind the others.
   *
   * @return whether the bar leads
   */
  boolean leads(String bar, double percent) {
    var before = percents.get(bar);
    if (before != null && percent < before) {
      percents.remove(bar);
    }
    if (percents.size() < MOST || percents.containsKey(bar)) {
      percents.put(bar, percent);
    }
    return bar.equals(leader(bar));
  }

  private String leader(String newest) {
    for (var entry : percents.entrySet()) {
      if (entry.getValue() < 100) {
        return entry.getKey();
      }
    }
    return newest;
  }

  /** Forgets all bars. */
  void clear() {
    percents.clear();
  }
}
