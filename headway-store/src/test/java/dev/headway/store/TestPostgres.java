package dev.headway.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One PostgreSQL server for all tests of the module. */
final class TestPostgres {
  private TestPostgres() {}

  /** The migrated PostgreSQL database, without a row. */
  static Database emptied() {
    var database = Server.DATABASE;
    database.write(
        handle -> handle.execute("TRUNCATE job, account, revoked_token RESTART IDENTITY CASCADE"));
    return database;
  }

  /** How to open the PostgreSQL database. */
  static DatabaseConfig.Postgres config(String name) {
    var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(Server.PROCESS.getPort(), name);
    return new DatabaseConfig.Postgres(url, "postgres", "postgres");
  }

  /* Started by the first test that needs it, ended with the process. */
  private static final class Server {
    static final EmbeddedPostgres PROCESS = start();
    static final Database DATABASE = open();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "60")
            .setServerConfig("synchronous_commit", "on")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Database open() {
      var database = Database.open(config("postgres"));
      database.migrate(Schema.CORE);
      return database;
    }
  }
}
