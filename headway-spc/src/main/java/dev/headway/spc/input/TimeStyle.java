package dev.headway.spc.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The way in which the times of a file are written.
 *
 * @param pattern a pattern of {@link DateTimeFormatter}; null for ISO 8601
 * @param zone the zone of times without an offset; null when each must have one
 */
public record TimeStyle(@Nullable DateTimeFormatter pattern, @Nullable ZoneId zone) {
  private static final String ISO_LOCAL =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?";

  /** ISO 8601 with an offset. */
  public static final TimeStyle ISO = new TimeStyle(null, null);

  /**
   * A style as it is sent.
   *
   * @throws DateTimeException when the pattern or the zone is none
   */
  static TimeStyle of(@Nullable String pattern, @Nullable String zone) {
    try {
      return new TimeStyle(
          pattern == null ? null : DateTimeFormatter.ofPattern(pattern, Locale.ROOT),
          zone == null ? null : ZoneId.of(zone));
    } catch (IllegalArgumentException unknown) {
      throw new DateTimeException(unknown.getMessage(), unknown);
    }
  }

  /** The time that a text is, or null when it is none. */
  public @Nullable Instant time(String text) {
    try {
      if (zone == null) {
        return pattern == null
            ? OffsetDateTime.parse(text).toInstant()
            : OffsetDateTime.parse(text, pattern).toInstant();
      }
      return local(text, zone);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private Instant local(String text, ZoneId where) {
    var iso = text.replace(' ', 'T');
    // The dates of a workbook come in ISO 8601, whatever the texts beside them look like.
    if (pattern != null && !iso.matches(ISO_LOCAL)) {
      return LocalDateTime.parse(text, pattern).atZone(where).toInstant();
    }
    return iso.matches(".*(?:Z|[+-][0-9]{2}:?[0-9]{2})")
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).atZone(where).toInstant();
  }

  /** The reason why a text is no time, with the remedy. */
  public String reason(String text) {
    var shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    if (pattern != null) {
      return "'%s' is not of the form of time_format".formatted(shown);
    }
    return zone == null
        ? "'%s' is no ISO 8601 time with an offset, such as 2026-01-31T08:30:00Z".formatted(shown)
        : "'%s' is no ISO 8601 time, such as 2026-01-31T08:30:00".formatted(shown);
  }
}
