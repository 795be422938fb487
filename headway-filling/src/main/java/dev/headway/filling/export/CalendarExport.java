package dev.headway.filling.export;

import dev.headway.filling.model.Activity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;

/**
 * Writes the cleans and fills of a schedule as a calendar (iCalendar, RFC 5545), to be imported or
 * subscribed to. Moments are in UTC, which calendars show by their reader's clocks.
 */
public final class CalendarExport {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** A line has no more octets, but for its end (section 3.1). */
  private static final int LINE = 75;

  private final OutputStream out;

  private CalendarExport(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes the calendar; leaves the stream open.
   *
   * @param id of the schedule, by which a calendar knows its events again
   * @param made when it was planned
   */
  public static void write(ScheduleReport report, String id, Instant made, OutputStream out)
      throws IOException {
    new CalendarExport(out).calendar(report, id, made);
  }

  private void calendar(ScheduleReport report, String id, Instant made) throws IOException {
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Headway//Filling schedules//EN");
    line("X-WR-CALNAME:" + escaped(report.name()));
    line("X-WR-TIMEZONE:" + report.rules().timeZone());
    line("X-WR-CALDESC:" + escaped(rules(report)));
    var number = 0;
    for (var row : ActivityRow.of(report.schedule())) {
      number++;
      if (!(row.activity() instanceof Activity.Changeover)) {
        event(row, "%s-%d@headway".formatted(id, number), made);
      }
    }
    line("END:VCALENDAR");
  }

  /** The rules, one a line. */
  private static String rules(ScheduleReport report) {
    return RulesText.of(report).entrySet().stream()
        .map(rule -> "%s: %s".formatted(rule.getKey(), rule.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private void event(ActivityRow row, String uid, Instant made) throws IOException {
    line("BEGIN:VEVENT");
    line("UID:" + uid);
    line("DTSTAMP:" + MOMENT.format(made));
    line("DTSTART:" + MOMENT.format(row.start()));
    line("DTEND:" + MOMENT.format(row.end()));
    line("SUMMARY:" + escaped(summary(row)));
    line("LOCATION:" + escaped(row.line()));
    line("DESCRIPTION:" + escaped(row.activity().note()));
    line("CATEGORIES:" + row.activity().kind());
    line("END:VEVENT");
  }

  private static String summary(ActivityRow row) {
    return row.lot() == null
        ? "%s: clean".formatted(row.line())
        : "%s: %s (%s)".formatted(row.line(), row.lotId(), row.lotType());
  }

  /** A text value (section 3.3.11). */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replaceAll("\\R", "\\\\n");
  }

  /** Writes a content line, folded where it is too long; never within a character. */
  private void line(String text) throws IOException {
    var used = 0;
    for (var at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      var bytes = Character.toString(text.codePointAt(at)).getBytes(StandardCharsets.UTF_8);
      if (used + bytes.length > LINE) {
        out.write("\r\n ".getBytes(StandardCharsets.US_ASCII));
        used = 1;
      }
      out.write(bytes);
      used += bytes.length;
    }
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
