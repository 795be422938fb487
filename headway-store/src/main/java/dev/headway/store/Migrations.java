package dev.headway.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Brings tables up to date, each migration in a transaction of its own. A schema's history table
 * has the columns of Flyway's, which once made it (docs/adr/0011-own-migrations.md).
 */
final class Migrations {
  private final Jdbi jdbi;
  private final Dialect dialect;
  private final String database;

  /** A migration that a database's history lists. */
  private record Applied(int version, int checksum, boolean success) {}

  /**
   * Migrations of the database behind {@code source}. One program at a time may run them.
   *
   * @param database how it is called in messages
   */
  Migrations(DataSource source, Dialect dialect, String database) {
    this.jdbi = Jdbi.create(source);
    this.dialect = dialect;
    this.database = database;
  }

  void run(Schema... schemas) {
    for (var schema : schemas) {
      try {
        jdbi.useHandle(handle -> run(handle, schema));
      } catch (JdbiException failed) {
        throw new StartupException(
            "The schema %s of %s could not be brought up to date"
                .formatted(schema.name(), database),
            failed);
      }
    }
  }

  private void run(Handle handle, Schema schema) {
    var own = Migration.of(schema);
    if (own.isEmpty()) {
      throw new StartupException(
          "The schema %s has no migrations in %s".formatted(schema.name(), schema.location()));
    }
    requireOneEach(schema, own);
    handle.execute(historyTable(schema));
    var applied = applied(handle, schema);
    requireOurs(schema, own, applied);
    own.stream()
        .filter(migration -> !applied.containsKey(migration.version()))
        .forEach(migration -> handle.useTransaction(inside -> apply(inside, schema, migration)));
  }

  private static void requireOneEach(Schema schema, List<Migration> own) {
    var versions = new HashMap<Integer, String>();
    for (var migration : own) {
      var other = versions.put(migration.version(), migration.script());
      if (other != null) {
        throw new StartupException(
            "The schema %s has two migrations of version %d, %s and %s; give one the next version"
                .formatted(schema.name(), migration.version(), other, migration.script()));
      }
    }
  }

  private static String historyTable(Schema schema) {
    return """
    CREATE TABLE IF NOT EXISTS %s (
      installed_rank INTEGER NOT NULL PRIMARY KEY,
      version        VARCHAR(50),
      description    VARCHAR(200) NOT NULL,
      type           VARCHAR(20) NOT NULL,
      script         VARCHAR(1000) NOT NULL,
      checksum       INTEGER,
      installed_by   VARCHAR(100) NOT NULL,
      installed_on   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
      execution_time INTEGER NOT NULL,
      success        BOOLEAN NOT NULL)
    """
        .formatted(history(schema));
  }

  private static String history(Schema schema) {
    return "schema_history_" + schema.name();
  }

  private static Map<Integer, Applied> applied(Handle handle, Schema schema) {
    var query =
        "SELECT version, checksum, success FROM %s WHERE type = 'SQL' ORDER BY installed_rank"
            .formatted(history(schema));
    return handle
        .createQuery(query)
        .map((row, _) -> new Applied(row.getInt(1), row.getInt(2), row.getBoolean(3)))
        .collect(Collectors.toMap(Applied::version, Function.identity()));
  }

  private void requireOurs(Schema schema, List<Migration> own, Map<Integer, Applied> applied) {
    var newest = own.getLast().version();
    for (var version : applied.keySet()) {
      if (version > newest) {
        throw new StartupException(
            "The schema %s of %s has version %s, which is newer than this program; use the program that made it or a newer one"
                .formatted(schema.name(), database, version));
      }
    }
    for (var migration : own) {
      var before = applied.get(migration.version());
      if (before != null && !(before.success() && before.checksum() == migration.checksum())) {
        throw new StartupException(
            "The schema %s of %s is not the one this program made; restore a backup"
                .formatted(schema.name(), database));
      }
    }
  }

  private void apply(Handle handle, Schema schema, Migration migration) {
    handle.createScript(filled(migration.sql())).executeAsSeparateStatements();
    handle
        .createUpdate(
            """
            INSERT INTO %s (installed_rank, version, description, type, script, checksum,
              installed_by, execution_time, success)
            SELECT coalesce(max(installed_rank), 0) + 1, :version, :description, 'SQL', :script,
              :checksum, 'headway', 0, TRUE
            FROM %s
            """
                .formatted(history(schema), history(schema)))
        .bind("version", String.valueOf(migration.version()))
        .bind("description", migration.description())
        .bind("script", migration.script())
        .bind("checksum", migration.checksum())
        .execute();
  }

  private String filled(String sql) {
    var text = sql;
    for (var placeholder : dialect.placeholders().entrySet()) {
      text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
    }
    return text;
  }
}
