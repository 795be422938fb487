package dev.headway.filling.verify;

import dev.headway.filling.model.Calendar;
import dev.headway.filling.model.Calendar.Shift;
import java.time.Instant;
import java.time.LocalDate;

/** Follows a calendar moment by moment, shift by shift, as a person with a clock would. */
record CalendarCheck(Calendar calendar) {
  /** Whether the line works from one moment to another without a break. */
  boolean worksFrom(Instant from, Instant to) {
    var shut =
        calendar.shutdowns().stream()
            .anyMatch(closed -> closed.from().isBefore(to) && closed.to().isAfter(from));
    var onShift = calendar.shifts().isEmpty() || inShifts(from, to);
    return from.equals(to) || (!shut && onShift);
  }

  private boolean inShifts(Instant from, Instant to) {
    var now = from;
    while (now.isBefore(to)) {
      var end = endOfShift(now);
      if (!end.isAfter(now)) {
        return false;
      }
      now = end;
    }
    return true;
  }

  /** When the longest shift of a moment ends; the moment itself when it is in none. */
  private Instant endOfShift(Instant now) {
    var today = now.atZone(calendar.zone()).toLocalDate();
    var latest = now;
    for (var day = today.minusDays(2); !day.isAfter(today); day = day.plusDays(1)) {
      for (var shift : calendar.shifts()) {
        if (shift.days().contains(day.getDayOfWeek())) {
          latest = later(latest, shift, day, now);
        }
      }
    }
    return latest;
  }

  private Instant later(Instant latest, Shift shift, LocalDate day, Instant now) {
    var nights = shift.to().isAfter(shift.from()) ? 0 : 1;
    var begin = day.atTime(shift.from()).atZone(calendar.zone()).toInstant();
    var end = day.plusDays(nights).atTime(shift.to()).atZone(calendar.zone()).toInstant();
    return !begin.isAfter(now) && end.isAfter(latest) ? end : latest;
  }
}
