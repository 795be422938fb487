package dev.headway.store;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A database with room for the tables of every module. The same SQL runs on SQLite and on
 * PostgreSQL: both know {@code ON CONFLICT}, {@code RETURNING} and partial indexes.
 *
 * <p>Work is done by a bounded number of platform threads while the caller waits; interrupts do not
 * cut the wait short, so that nobody is left guessing whether something was written. Work must not
 * call the database again but use the handle it was given, which binds and maps {@link
 * java.time.Instant} and {@link java.time.Duration} as microseconds in a {@code BIGINT} (what is
 * finer is cut off) and {@link java.util.UUID}. Safe for use by any thread.
 *
 * <p>When the database cannot be reached or written, methods throw a {@link
 * dev.headway.core.error.HeadwayException} with {@code UNAVAILABLE}; other failures pass through.
 */
public interface Database extends AutoCloseable {
  /**
   * Opens a database.
   *
   * @throws StartupException when it cannot be opened, with the remedy
   */
  static Database open(DatabaseConfig config) {
    return switch (config) {
      case DatabaseConfig.Sqlite sqlite -> SqliteDatabase.open(sqlite);
      case DatabaseConfig.Postgres postgres -> PostgresDatabase.open(postgres);
    };
  }

  /**
   * Brings the tables of modules up to date, in this order. Migrations may use the placeholders
   * {@code ${uuid}} (a type), {@code ${identity}} (a generated primary key from 1) and {@code
   * ${clustered}} (after the closing parenthesis of a table that is kept in the order of its
   * primary key).
   *
   * @throws StartupException when the database is of a newer version than this program, or a
   *     migration fails
   */
  void migrate(Schema... schemas);

  /** Reads; each statement sees what was committed before it. */
  <T extends @Nullable Object> T read(Function<Handle, T> work);

  /**
   * Reads what belongs together, such as a page of rows and their number: all statements see the
   * same state, whatever is committed meanwhile. Costs two statements more than {@link #read}.
   */
  <T extends @Nullable Object> T snapshot(Function<Handle, T> work);

  /**
   * Writes in a transaction of its own, rolled back when the work throws. What it has written
   * survives a power failure once this returns.
   */
  <T extends @Nullable Object> T write(Function<Handle, T> work);

  /**
   * Writes in a transaction of its own which a power failure soon after may undo; a crash of the
   * program does not. For what will be written again anyway.
   */
  <T extends @Nullable Object> T writeRelaxed(Function<Handle, T> work);

  /**
   * How much it has to do.
   *
   * @param connections the most that it uses at a time
   * @param busy those in use
   * @param waiting calls for which none is free
   */
  record Load(int connections, int busy, int waiting) {
    /** This and another together. */
    Load plus(Load other) {
      return new Load(connections + other.connections, busy + other.busy, waiting + other.waiting);
    }
  }

  /** How much it has to do at present. */
  Load load();

  /**
   * Lets the rest of a transaction wait until no other one, of any node, holds the same name; it is
   * held until the transaction ends. To be called before anything is written.
   *
   * @param handle of a transaction that writes
   */
  void lock(Handle handle, String name);

  /** Whether damage to its files was met since it was opened; only a backup mends that. */
  boolean damaged();

  /** Finishes what has begun and closes. */
  @Override
  void close();
}
