package dev.headway.filling.revision;

import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Locked starts of lots that are not those of the input. */
final class Locks {
  private Locks() {}

  /** The locked starts that one problem has and another has not, by lot; "" for none any more. */
  static Map<String, String> between(Problem given, Problem locked) {
    var locks = new LinkedHashMap<String, String>();
    for (var lot = 0; lot < given.lotCount(); lot++) {
      var start = locked.lot(lot).terms().lock().start();
      if (!locked.lot(lot).equals(given.lot(lot))) {
        locks.put(given.lot(lot).id(), start == null ? "" : start.toString());
      }
    }
    return locks;
  }

  /** A problem with other locked starts. */
  static Problem laidOver(Problem given, Map<String, String> locks) {
    return locks.isEmpty()
        ? given
        : new Problem(
            given.lots().stream().map(lot -> locked(lot, locks.get(lot.id()))).toList(),
            given.settings());
  }

  private static Lot locked(Lot lot, @Nullable String start) {
    if (start == null) {
      return lot;
    }
    var moment = start.isEmpty() ? null : Instant.parse(start);
    return lot.with(lot.terms().withLockedStart(moment));
  }
}
