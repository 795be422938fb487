package dev.headway.filling.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dates and locks of lots, by their numbers, in microseconds after the schedule's start. */
final class LotDates {
  private final long[] release;
  private final long[] due;
  private final long[] lockedStart;
  private final int[] after;
  private final int[] wasAfter;

  LotDates(List<Lot> lots, Instant start) {
    var count = lots.size();
    release = new long[count];
    due = new long[count];
    lockedStart = new long[count];
    after = new int[count];
    wasAfter = new int[count];
    Map<String, Integer> numbers = new HashMap<>();
    for (var lot = 0; lot < count; lot++) {
      numbers.put(lots.get(lot).id(), lot);
    }
    for (var lot = 0; lot < count; lot++) {
      var terms = lots.get(lot).terms();
      release[lot] = Math.max(0, micros(start, terms.release(), 0));
      due[lot] = micros(start, terms.due(), Problem.NEVER);
      lockedStart[lot] = micros(start, terms.lock().start(), Problem.NEVER);
      after[lot] = numbers.getOrDefault(terms.lock().after(), -1);
      var was = terms.was();
      wasAfter[lot] = was == null ? -1 : numbers.getOrDefault(was.after(), -1);
    }
  }

  private static long micros(Instant start, @Nullable Instant moment, long otherwise) {
    return moment == null ? otherwise : ChronoUnit.MICROS.between(start, moment);
  }

  long release(int lot) {
    return release[lot];
  }

  long due(int lot) {
    return due[lot];
  }

  long lockedStart(int lot) {
    return lockedStart[lot];
  }

  int after(int lot) {
    return after[lot];
  }

  int wasAfter(int lot) {
    return wasAfter[lot];
  }
}
