package dev.headway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class FailuresTest {
  private static final DatabaseConfig.Postgres POSTGRES =
      new DatabaseConfig.Postgres("jdbc:postgresql://db/headway", "me", "secret");
  private static final DatabaseConfig.Sqlite SQLITE =
      (DatabaseConfig.Sqlite) DatabaseConfig.parse("headway.db");

  @ParameterizedTest
  @CsvSource({
    "28P01, refused the user or the password",
    "28000, refused the user or the password",
    "3D000, has no database of that name",
    "53300, has no connection left",
    "08001, cannot be reached",
    "XX000, cannot be used: first line"
  })
  void ofOpening_postgresState_namesTheRemedyInOneLine(String state, String text) {
    var cause = new IllegalStateException(new SQLException("first line\nsecond line", state));

    assertThat(Failures.ofOpening(POSTGRES, cause).getMessage())
        .startsWith("PostgreSQL db/headway " + text)
        .doesNotContain("\n")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE_NOTADB, is not an SQLite database",
    "SQLITE_READONLY_DIRECTORY, cannot be read and written",
    "SQLITE_CANTOPEN, cannot be read and written",
    "SQLITE_BUSY, is locked by another program",
    "SQLITE_FULL, the disk is full",
    "SQLITE_NOLFS, cannot be opened"
  })
  void ofOpening_sqliteCode_namesTheRemedy(SQLiteErrorCode code, String text) {
    assertThat(Failures.ofOpening(SQLITE, new SQLiteException("no", code)))
        .hasMessageStartingWith("The database headway.db ")
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "25006", "40001", "40P01", "53100", "55P03", "57014", "57P01", "58030", "XX001"
      })
  void translated_serverOutOfReach_isUnavailable(String state) {
    assertUnavailable(new IllegalStateException(new SQLException("no", state)));
  }

  @Test
  void translated_poolExhaustedOrDiskFull_isUnavailable() {
    assertUnavailable(new SQLTransientConnectionException("timeout"));
    assertUnavailable(new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL));
    assertUnavailable(new SQLiteException("read", SQLiteErrorCode.SQLITE_IOERR_READ));
  }

  private static void assertUnavailable(Exception failure) {
    assertThat(Failures.translated(failure))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            unavailable -> {
              assertThat(unavailable.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(unavailable.safeMessage()).startsWith("The database cannot be reached");
              assertThat(unavailable).hasCause(failure);
            });
  }

  @Test
  void translated_otherFailure_passesThrough() {
    var wrong = new IllegalStateException(new SQLException("syntax", "42601"));

    assertThat(Failures.translated(wrong)).isSameAs(wrong);
  }
}
