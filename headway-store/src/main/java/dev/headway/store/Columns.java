package dev.headway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values in columns: moments and durations as whole microseconds, identifiers as text, and columns
 * that may be null.
 */
public final class Columns {
  private Columns() {}

  /** A moment as microseconds since 1970. */
  public static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  /** A duration in microseconds, rounded towards zero. */
  public static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /** A moment from microseconds since 1970; null from null. */
  public static @Nullable Instant instant(long micros, boolean wasNull) {
    return wasNull ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** A duration from microseconds; null from null. */
  public static @Nullable Duration duration(long micros, boolean wasNull) {
    return wasNull ? null : Duration.of(micros, ChronoUnit.MICROS);
  }

  /** An identifier from its text; null from null. */
  public static @Nullable UUID uuid(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }

  /** A column with a moment; null from null. */
  public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    return instant(row.getLong(column), row.wasNull());
  }

  /** A column with a duration; null from null. */
  public static @Nullable Duration duration(ResultSet row, String column) throws SQLException {
    return duration(row.getLong(column), row.wasNull());
  }

  /** A column with an identifier; null from null. */
  public static @Nullable UUID uuid(ResultSet row, String column) throws SQLException {
    return uuid(row.getString(column));
  }

  /** A column with a whole number; null from null. */
  public static @Nullable Long integer(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(value);
  }

  /** A column with a number; null from null. */
  public static @Nullable Double real(ResultSet row, String column) throws SQLException {
    var value = row.getDouble(column);
    return row.wasNull() ? null : Double.valueOf(value);
  }

  /** The value of a column that is never null. */
  public static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value, "a column that is never null is null");
  }

  /** Strings as one text, a line each; line ends and backslashes within them are escaped. */
  public static String lines(Collection<String> strings) {
    var text = new StringBuilder();
    for (var string : strings) {
      text.append(string.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    }
    return text.toString();
  }

  /** Reads the lines of a text made by {@link #lines(Collection)}. */
  public static List<String> lines(String text) {
    var strings = new ArrayList<String>();
    var from = 0;
    for (var end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      strings.add(unescaped(text.substring(from, end)));
      from = end + 1;
    }
    return strings;
  }

  private static String unescaped(String line) {
    var text = new StringBuilder(line.length());
    for (var i = 0; i < line.length(); i++) {
      var c = line.charAt(i);
      if (c == '\\') {
        i++;
        c = line.charAt(i) == 'n' ? '\n' : '\\';
      }
      text.append(c);
    }
    return text.toString();
  }
}
