package dev.headway.store;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** Tells a database that is out of reach from statements that are wrong. */
public final class Failures {
  /* Primary result codes, https://www.sqlite.org/rescode.html: the extended ones end in them. */
  private static final int SQLITE_PERM = 3;
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;
  private static final int SQLITE_READONLY = 8;
  private static final int SQLITE_IOERR = 10;
  private static final int SQLITE_CORRUPT = 11;
  private static final int SQLITE_FULL = 13;
  private static final int SQLITE_CANTOPEN = 14;
  private static final int SQLITE_PROTOCOL = 15;
  private static final int SQLITE_NOTADB = 26;

  private static final Set<Integer> OUT_OF_REACH =
      Set.of(
          SQLITE_PERM,
          SQLITE_BUSY,
          SQLITE_LOCKED,
          SQLITE_READONLY,
          SQLITE_IOERR,
          SQLITE_CORRUPT,
          SQLITE_FULL,
          SQLITE_CANTOPEN,
          SQLITE_PROTOCOL,
          SQLITE_NOTADB);

  private static final Set<Integer> DAMAGE = Set.of(SQLITE_CORRUPT, SQLITE_NOTADB);
  private static final Set<String> DAMAGE_STATES = Set.of("XX001", "XX002");

  /*
   * Of PostgreSQL's manual, appendix A: connections (08), a read-only transaction (25006), lost
   * races (40), resources (53), locks that are not to be had (55P03), cancelled for taking too long
   * (57014), operator intervention (57P), the system beneath (58), damaged data (XX001, XX002).
   */
  private static final Pattern OUT_OF_REACH_STATE =
      Pattern.compile("(08|40|53|58)...|25006|55P03|57014|57P..|XX00[12]");

  private Failures() {}

  /** The exception to throw for a failure. */
  static RuntimeException translated(Throwable failure) {
    var cause = sqlException(failure);
    if (cause.isPresent() && outOfReach(cause.get())) {
      return new HeadwayException(
          ErrorCode.UNAVAILABLE,
          "The database cannot be reached or written; try again later",
          failure);
    }
    return switch (failure) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      case Throwable other -> new IllegalStateException(other);
    };
  }

  private static boolean outOfReach(SQLException failure) {
    if (failure instanceof SQLiteException sqlite) {
      return OUT_OF_REACH.contains(primaryCode(sqlite));
    }
    var state = failure.getSQLState();
    return failure instanceof SQLTransientException
        || (state != null && OUT_OF_REACH_STATE.matcher(state).matches());
  }

  /** Whether a failure tells of damage to the database's files. */
  static boolean isDamage(Throwable failure) {
    return sqlException(failure)
        .map(cause ->
            cause instanceof SQLiteException sqlite
                ? DAMAGE.contains(primaryCode(sqlite))
                : DAMAGE_STATES.contains(String.valueOf(cause.getSQLState())))
        .orElse(false);
  }

  /** Whether an SQLite file was locked by another program for too long. */
  static boolean isLock(Throwable failure) {
    return sqlException(failure)
        .filter(SQLiteException.class::isInstance)
        .map(cause -> primaryCode((SQLiteException) cause) == SQLITE_BUSY)
        .orElse(false);
  }

  private static int primaryCode(SQLiteException failure) {
    return failure.getResultCode().code & 0xFF;
  }

  /** Why an SQLite file cannot be opened, for the person who tried. */
  static StartupException ofOpening(DatabaseConfig.Sqlite config, SQLException failure) {
    var code = failure instanceof SQLiteException sqlite ? primaryCode(sqlite) : 0;
    var reason =
        switch (code) {
          case SQLITE_NOTADB, SQLITE_CORRUPT ->
              "is not an SQLite database or is damaged; name another file or restore a backup";
          case SQLITE_BUSY -> "is locked by another program; end that program";
          case SQLITE_FULL -> "cannot be written: the disk is full";
          case SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_IOERR ->
              "cannot be read and written; check the rights of the file and its directory";
          default -> "cannot be opened: " + firstLine(failure);
        };
    return new StartupException("The database %s %s".formatted(config.file(), reason), failure);
  }

  /** Why a PostgreSQL server cannot be used, for the person who tried. */
  public static StartupException ofOpening(DatabaseConfig.Postgres config, Throwable failure) {
    var cause = sqlException(failure);
    var state = cause.map(SQLException::getSQLState).orElse("");
    var reason =
        switch (state) {
          case "28P01", "28000" -> "refused the user or the password; check both";
          case "3D000" -> "has no database of that name; create it first";
          case "53300" -> "has no connection left; raise max_connections or lower the pool's size";
          case "08001", "08004", "08006" ->
              "cannot be reached; check host and port, and that the server runs";
          default -> "cannot be used: " + firstLine(cause.isPresent() ? cause.get() : failure);
        };
    return new StartupException("%s %s".formatted(config.description(), reason), failure);
  }

  private static Optional<SQLException> sqlException(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown");
  }
}
