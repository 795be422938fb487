package dev.headway.spc.store;

import dev.headway.core.job.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How columns are read. */
final class Rows {
  private Rows() {}

  static Instant moment(ResultSet row, String column) throws SQLException {
    return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
  }

  static @Nullable Double real(ResultSet row, String column) throws SQLException {
    var value = row.getDouble(column);
    return row.wasNull() ? null : Double.valueOf(value);
  }

  static @Nullable Long integer(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(value);
  }

  static @Nullable Json json(ResultSet row, String column) throws SQLException {
    var text = row.getString(column);
    return text == null ? null : new Json(text);
  }

  /** A parameter that the statement has only when there is a value. */
  static Map<String, Object> optional(String name, @Nullable Object value) {
    return value == null ? Map.of() : Map.of(name, value);
  }
}
