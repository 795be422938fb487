package dev.headway.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A converter for durations on the command line: {@code 10s}, {@code 1m30s}, {@code 2h}, {@code
 * 7d}, {@code 500ms}, a plain number of seconds, or ISO 8601 ({@code PT10S}).
 */
final class DurationArgument implements ITypeConverter<Duration> {
  private static final Pattern MILLIS = Pattern.compile("(\\d{1,9})ms");
  private static final Pattern DAYS = Pattern.compile("(\\d{1,5})d");
  private static final Pattern UNITS = Pattern.compile("(?:\\d{1,9}[hms])+");

  @Override
  public Duration convert(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    var millis = MILLIS.matcher(lower);
    if (millis.matches()) {
      return Duration.ofMillis(Long.parseLong(millis.group(1)));
    }
    var days = DAYS.matcher(lower);
    if (days.matches()) {
      return Duration.ofDays(Long.parseLong(days.group(1)));
    }
    if (lower.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(lower));
    }
    var iso = UNITS.matcher(lower).matches() ? "PT" + lower : text;
    try {
      var duration = Duration.parse(iso);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException _) {
      // Refused below, with the forms that are understood.
    }
    throw new TypeConversionException("'%s' is not a duration such as 10s or 1m".formatted(text));
  }
}
