package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.filling.input.MomentReading.DayPart;
import dev.headway.filling.model.Calendar;
import dev.headway.filling.model.Calendar.Shift;
import dev.headway.filling.model.Calendar.Shutdown;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A calendar as it was sent; null for what it does not say.
 *
 * @param shifts when a line works; null for always
 * @param shutdowns when it does not
 */
record CalendarDraft(@Nullable List<ShiftDraft> shifts, @Nullable List<ShutdownDraft> shutdowns) {
  /** The end of a day, which {@link LocalTime} does not know. */
  private static final String MIDNIGHT = "24:00";

  /**
   * A weekly shift; the schema has checked its words.
   *
   * @param days {@code mon} to {@code sun}; null for all
   */
  public record ShiftDraft(@Nullable List<String> days, String from, String to) {
    private Shift shift() {
      return new Shift(weekdays(), LocalTime.parse(from), time(to));
    }

    private EnumSet<DayOfWeek> weekdays() {
      return days == null
          ? EnumSet.allOf(DayOfWeek.class)
          : days.stream()
              .map(ShiftDraft::day)
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
    }

    private static DayOfWeek day(String word) {
      return Arrays.stream(DayOfWeek.values())
          .filter(day -> day.name().toLowerCase(Locale.ROOT).startsWith(word))
          .findFirst()
          .orElseThrow();
    }

    private static LocalTime time(String text) {
      return text.equals(MIDNIGHT) ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }
  }

  /** A time without work: moments or days, the last one included. */
  public record ShutdownDraft(String from, String to) {
    private @Nullable Shutdown shutdown(ZoneId zone, String at, List<Defect> defects) {
      var first = MomentReading.of(from.strip(), zone, DayPart.BEGINNING);
      var last = MomentReading.of(to.strip(), zone, DayPart.END);
      var begin = moment(at + "from", from, first, defects);
      var end = moment(at + "to", to, last, defects);
      if (begin == null || end == null) {
        return null;
      }
      if (!begin.isBefore(end)) {
        defects.add(
            Defect.ofField(
                at + "to", "A shutdown ends (%s) after it begins (%s).".formatted(to, from)));
      }
      return new Shutdown(begin, end);
    }

    private static @Nullable Instant moment(
        String field, String text, MomentReading reading, List<Defect> defects) {
      return switch (reading) {
        case MomentReading.At(var moment) -> moment;
        case MomentReading.Refused refused -> {
          var name = field.substring(field.lastIndexOf('.') + 1);
          defects.add(Defect.ofField(field, refused.sentence(name, text)));
          yield null;
        }
      };
    }
  }

  /** The same, with what it does not say taken from another. */
  CalendarDraft or(CalendarDraft common) {
    return new CalendarDraft(
        shifts == null ? common.shifts : shifts, shutdowns == null ? common.shutdowns : shutdowns);
  }

  /**
   * The calendar.
   *
   * @param field where it stands in the settings, ending with a dot
   * @param defects takes what is wrong with it
   */
  Calendar calendar(ZoneId zone, String field, List<Defect> defects) {
    if (shifts != null && shifts.isEmpty()) {
      defects.add(
          Defect.ofField(
              field + "shifts",
              "The calendar has no working hour; give a shift, or leave shifts out for always."));
    }
    var read = new ArrayList<Shutdown>();
    var given = shutdowns == null ? List.<ShutdownDraft>of() : shutdowns;
    for (var i = 0; i < given.size(); i++) {
      var at = "%sshutdowns[%d].".formatted(field, i);
      Stream.ofNullable(given.get(i).shutdown(zone, at, defects)).forEach(read::add);
    }
    var weekly = shifts == null ? List.<ShiftDraft>of() : shifts;
    return new Calendar(zone, weekly.stream().map(ShiftDraft::shift).toList(), read);
  }
}
