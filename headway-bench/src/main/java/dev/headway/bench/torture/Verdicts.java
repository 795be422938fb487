package dev.headway.bench.torture;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The violations found so far, each kind with its first cases. Safe for use by any thread. */
final class Verdicts {
  private static final int CASES = 5;

  private final Map<Violation, Long> counts = new EnumMap<>(Violation.class);
  private final List<String> cases = new ArrayList<>();

  synchronized void found(Violation violation, String detail) {
    var count = counts.merge(violation, 1L, Long::sum);
    if (count <= CASES) {
      cases.add(violation + ": " + detail);
    }
  }

  /** How many there were of each kind, without those of which there was none. */
  synchronized Map<Violation, Long> counts() {
    return new EnumMap<>(counts);
  }

  /** The first cases of each kind, in the order they were found. */
  synchronized List<String> cases() {
    return List.copyOf(cases);
  }

  synchronized boolean clean() {
    return counts.isEmpty();
  }
}
