package dev.headway.filling.export;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The clocks of a site, by which every file shows its times.
 *
 * @param zone the site's time zone
 */
record SiteClock(ZoneId zone) {
  /** As spreadsheets read a date and time. */
  private static final DateTimeFormatter SECOND = format("yyyy-MM-dd HH:mm:ss");

  private static final DateTimeFormatter MINUTE = format("yyyy-MM-dd HH:mm");
  private static final DateTimeFormatter DAY = format("EEE d MMM yyyy");
  private static final DateTimeFormatter WHOLE = format("EEEE d MMMM yyyy, HH:mm");

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /** The date and time that the clocks show, to the nearest second. */
  LocalDateTime second(Instant moment) {
    return local(moment, Duration.ofSeconds(1));
  }

  /** The nearest second as {@code 2026-11-21 07:00:00}. */
  String secondText(Instant moment) {
    return SECOND.format(second(moment));
  }

  /** The nearest minute as {@code 2026-11-21 07:00}. */
  String minuteText(Instant moment) {
    return MINUTE.format(local(moment, Duration.ofMinutes(1)));
  }

  /** The day as {@code Sat 21 Nov 2026}. */
  String dayText(Instant moment) {
    return DAY.format(moment.atZone(zone));
  }

  /**
   * A whole date and time with its zone: {@code Saturday 21 November 2026, 07:00 Europe/Berlin}.
   */
  String wholeText(Instant moment) {
    return "%s %s".formatted(WHOLE.format(local(moment, Duration.ofMinutes(1))), zone.getId());
  }

  /** A heading with the zone: {@code Start (Europe/Berlin)}. */
  String heading(String what) {
    return "%s (%s)".formatted(what, zone.getId());
  }

  /** The first moment of a moment's day, or of one so many days later. */
  Instant midnight(Instant moment, int days) {
    return moment.atZone(zone).toLocalDate().plusDays(days).atStartOfDay(zone).toInstant();
  }

  private LocalDateTime local(Instant moment, Duration unit) {
    var half = moment.plus(unit.dividedBy(2));
    return half.atZone(zone)
        .toLocalDateTime()
        .truncatedTo(unit.toMinutes() > 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS);
  }
}
