package dev.headway.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One PostgreSQL server for all tests of the module, with a database for each class of tests. */
public final class TestPostgres {
  private TestPostgres() {}

  /**
   * A migrated database without a row.
   *
   * @param name the same for the tests of a class, which run one after the other
   */
  public static Database emptied(String name) {
    var database = Server.DATABASES.computeIfAbsent(name, Server::created);
    database.write(handle ->
        handle.execute(
            "TRUNCATE job, queue, account, revoked_token, node RESTART IDENTITY CASCADE"));
    return database;
  }

  /** How to open a database of the server. */
  public static DatabaseConfig.Postgres config(String name) {
    var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(Server.PROCESS.getPort(), name);
    return new DatabaseConfig.Postgres(url, "postgres", "postgres");
  }

  /* Started by the first test that needs it, ended with the process. */
  private static final class Server {
    static final Map<String, Database> DATABASES = new ConcurrentHashMap<>();
    static final EmbeddedPostgres PROCESS = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "200")
            .setServerConfig("synchronous_commit", "on")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static Database created(String name) {
      try (var connection = PROCESS.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      var database = Database.open(config(name));
      database.migrate(Schema.CORE);
      return database;
    }
  }
}
