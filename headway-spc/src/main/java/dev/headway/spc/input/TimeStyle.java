package dev.headway.spc.input;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way in which the times of a file are written. A date without a time is midnight.
 *
 * @param form a pattern of {@link DateTimeFormatter}; null for ISO 8601 and times since the epoch
 * @param formatter of the pattern; null without one
 * @param months the names of months in its texts; null where there are none
 * @param zone the zone of times without an offset; null when each must have one
 */
public record TimeStyle(
    @Nullable String form,
    @Nullable DateTimeFormatter formatter,
    @Nullable MonthNames months,
    @Nullable ZoneId zone) {
  /** ISO 8601 with an offset. */
  public static final TimeStyle ISO = new TimeStyle(null, null, null, null);

  /* Also with a space for the T, before an offset, and an offset of hours alone. */
  private static final DateTimeFormatter ISO_FORMS =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[ ]")
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .toFormatter(Locale.ROOT);

  private static final Pattern ISO_DATE = Pattern.compile("[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}.*");
  private static final Pattern EPOCH =
      Pattern.compile("(?:[0-9]{10}|[0-9]{13}|[0-9]{16}|[0-9]{19})(?:\\.[0-9]{1,9})?");

  /* Epoch times in seconds, milliseconds, microseconds and nanoseconds are told apart by size. */
  private static final BigDecimal MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);
  private static final int STEP = 3;
  private static final int NANOSECONDS = 9;
  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

  /**
   * A style as it is sent.
   *
   * @throws DateTimeException when the pattern or the zone is none
   */
  static TimeStyle of(@Nullable String form, @Nullable String zone) {
    try {
      return new TimeStyle(
          form,
          form == null
              ? null
              : new DateTimeFormatterBuilder()
                  .parseCaseInsensitive()
                  .appendPattern(form)
                  .toFormatter(Locale.ROOT),
          form == null ? null : MonthNames.of(form),
          zone == null ? null : ZoneId.of(zone));
    } catch (IllegalArgumentException unknown) {
      throw new DateTimeException(unknown.getMessage(), unknown);
    }
  }

  /** The time that a text is, or null when it is none. */
  public @Nullable Instant time(String text) {
    var own = formatter;
    var found = own == null ? null : parsed(own, months == null ? text : months.plain(text));
    if (found == null && own == null && EPOCH.matcher(text).matches()) {
      return sinceEpoch(new BigDecimal(text));
    }
    // The dates of a workbook come in ISO 8601, whatever the texts beside them look like.
    return found == null ? iso(text) : found;
  }

  /** The time so many seconds, milliseconds, microseconds or nanoseconds since the epoch. */
  static Instant sinceEpoch(BigDecimal count) {
    var digits = 0;
    for (var bound = MILLISECONDS;
        digits < NANOSECONDS && count.abs().compareTo(bound) >= 0;
        bound = bound.scaleByPowerOfTen(STEP)) {
      digits += STEP;
    }
    var nanos = count.scaleByPowerOfTen(NANOSECONDS - digits).toBigInteger();
    var parts = nanos.divideAndRemainder(BILLION.toBigInteger());
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
  }

  private @Nullable Instant iso(String text) {
    return ISO_DATE.matcher(text).matches()
        ? parsed(ISO_FORMS, text.replace('/', '-').replace(',', '.'))
        : null;
  }

  private @Nullable Instant parsed(DateTimeFormatter form, String text) {
    try {
      return instant(form.parse(text));
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private @Nullable Instant instant(TemporalAccessor found) {
    if (found.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(found);
    }
    if (zone == null) {
      return null;
    }
    var local =
        found.isSupported(ChronoField.HOUR_OF_DAY)
            ? LocalDateTime.from(found)
            : LocalDate.from(found).atStartOfDay();
    return local.atZone(zone).toInstant();
  }

  /** The reason why a text is no time, with the remedy. */
  public String reason(String text) {
    var shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    var local =
        zone == null && new TimeStyle(form, formatter, months, ZoneOffset.UTC).time(text) != null;
    if (form != null) {
      return local
          ? "'%s' has no offset; say the zone of the file's times".formatted(shown)
          : "'%s' is not of the form %s (time_format)".formatted(shown, form);
    }
    return zone == null
        ? "'%s' is no ISO 8601 time with an offset, such as 2026-01-31T08:30:00Z%s"
            .formatted(shown, local ? "; or say the zone of the file's times" : "")
        : "'%s' is no ISO 8601 time, such as 2026-01-31T08:30:00; or say time_format"
            .formatted(shown);
  }
}
