package dev.headway.filling.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text that was read as a moment: with an offset, by the clocks of the site's time zone, or a
 * day. Times that these clocks show twice or not at all are refused, and years that are typing
 * errors.
 */
public sealed interface MomentReading {
  /** A moment. */
  record At(Instant moment) implements MomentReading {}

  /**
   * No moment.
   *
   * @param why what it must be
   */
  record Refused(String why) implements MomentReading {
    /** The sentence for people who mend it. */
    public String sentence(String name, String text) {
      return "%s %s, not '%s'.".formatted(name, why, Numbers.shorten(text));
    }
  }

  /** The moment of a day that is given without a time. */
  enum DayPart {
    /** Its first moment. */
    BEGINNING,
    /** The first moment of the next day. */
    END
  }

  /** Times before are typing errors, and not every format can show them. */
  Instant EARLIEST = Instant.EPOCH;

  /** Times after are typing errors. */
  Instant LATEST = Instant.parse("2199-12-31T23:59:59Z");

  /** The patterns of times without an offset, and of days. */
  final class Patterns {
    private static final List<DateTimeFormatter> TIMES =
        List.of(
            strict("uuuu-M-d['T'][' ']H:mm[:ss[.SSS]]"),
            strict("uuuu/M/d H:mm[:ss]"),
            strict("d.M.uuuu[','] H:mm[:ss]"));
    private static final List<DateTimeFormatter> DAYS =
        List.of(strict("uuuu-M-d"), strict("uuuu/M/d"), strict("d.M.uuuu"));

    /** Of some the day comes first, of others the month. */
    private static final Pattern YEAR_LAST = Pattern.compile("\\d{1,2}[/-]\\d{1,2}[/-]\\d{2,4}.*");

    /** A day, a time and an offset in digits, whatever their values. */
    private static final Pattern WITH_OFFSET =
        Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d\\S*(Z|[+-]\\d\\d(:?\\d\\d)?)");

    private Patterns() {}

    private static DateTimeFormatter strict(String pattern) {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
    }
  }

  /** Reads a stripped text. */
  static MomentReading of(String text, ZoneId zone, DayPart part) {
    return offset(text)
        .or(() -> local(text, zone))
        .or(() -> day(text, zone, part))
        .map(MomentReading::bounded)
        .orElseGet(
            () -> new Refused(problem(text, "a date such as 2026-11-21 or 2026-11-21T06:00")));
  }

  /** Reads a stripped text where no time zone is known. */
  static MomentReading withOffset(String text) {
    return offset(text)
        .map(MomentReading::bounded)
        .orElseGet(() ->
            new Refused(
                problem(
                    text,
                    "a date and time with an offset such as 2026-11-21T06:00:00Z, or the"
                        + " time_zone must be named")));
  }

  private static String problem(String text, String wanted) {
    if (Patterns.YEAR_LAST.matcher(text).matches()) {
      return "must have the year first, such as 2026-11-21, since day and month may be confused";
    }
    return Patterns.WITH_OFFSET.matcher(text).matches()
        ? "must be a day, a time (without leap seconds) and an offset that exist"
        : "must be " + wanted;
  }

  private static Optional<MomentReading> offset(String text) {
    try {
      return Optional.of(new At(OffsetDateTime.parse(text.replace(' ', 'T')).toInstant()));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<MomentReading> local(String text, ZoneId zone) {
    for (var pattern : Patterns.TIMES) {
      try {
        return Optional.of(at(LocalDateTime.parse(text, pattern), zone));
      } catch (DateTimeException _) {
        // Perhaps of another pattern.
      }
    }
    return Optional.empty();
  }

  private static MomentReading at(LocalDateTime time, ZoneId zone) {
    var offsets = zone.getRules().getValidOffsets(time);
    return switch (offsets.size()) {
      case 1 -> new At(time.toInstant(offsets.getFirst()));
      case 0 -> new Refused("must be a time that %s has: clocks go forward then".formatted(zone));
      default ->
          new Refused(
              "must have an offset, %s or %s: clocks go back then in %s"
                  .formatted(offsets.getFirst(), offsets.getLast(), zone));
    };
  }

  private static Optional<MomentReading> day(String text, ZoneId zone, DayPart part) {
    for (var pattern : Patterns.DAYS) {
      try {
        var day = LocalDate.parse(text, pattern);
        var from = part == DayPart.BEGINNING ? day : day.plusDays(1);
        return Optional.of(new At(from.atStartOfDay(zone).toInstant()));
      } catch (DateTimeException _) {
        // Perhaps of another pattern.
      }
    }
    return Optional.empty();
  }

  private static MomentReading bounded(MomentReading read) {
    var outside =
        read instanceof At(var moment) && (moment.isBefore(EARLIEST) || moment.isAfter(LATEST));
    return outside ? new Refused("must be from 1970 to 2199") : read;
  }
}
