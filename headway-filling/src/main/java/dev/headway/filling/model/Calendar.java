package dev.headway.filling.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * The calendar of a line: the weekly shifts in which it works, by the clocks of a time zone, and
 * the times in which it is shut down. An activity lies within working time as a whole.
 *
 * @param zone whose clocks the shifts follow, also when they change
 * @param shifts when the line works; empty for always
 * @param shutdowns exceptions in which it does not work
 */
public record Calendar(ZoneId zone, List<Shift> shifts, List<Shutdown> shutdowns) {
  /** Works always. */
  public static final Calendar ALWAYS = new Calendar(ZoneId.of("UTC"), List.of(), List.of());

  /**
   * A shift of some days of the week.
   *
   * @param days on which it begins
   * @param from when it begins
   * @param to when it ends: the next day, unless it is later than {@code from}
   */
  public record Shift(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    /** Takes a copy. */
    public Shift {
      days = Set.copyOf(days);
    }
  }

  /**
   * A time without work.
   *
   * @param from its first moment
   * @param to the first moment after it
   */
  public record Shutdown(Instant from, Instant to) {}

  /** Takes copies. */
  public Calendar {
    shifts = List.copyOf(shifts);
    shutdowns = List.copyOf(shutdowns);
  }

  /** Whether the line works always. */
  public boolean always() {
    return shifts.isEmpty() && shutdowns.isEmpty();
  }
}
