package dev.headway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server, shared with other nodes. */
final class PostgresDatabase implements Database {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  /* A server that is cut off without a word must not hold a thread for longer. */
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);
  /* One connection holds the lock below, one Flyway's, while another migrates. */
  private static final int MIGRATING = 3;
  /* Nodes that start together take turns; Flyway's own lock comes too late for its baseline. */
  private static final long MIGRATION_LOCK = 0x4845_4144_5741_59L;

  private final DatabaseConfig.Postgres config;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final JdbcThreads threads;

  private PostgresDatabase(DatabaseConfig.Postgres config, HikariDataSource pool) {
    this.config = config;
    this.pool = pool;
    this.jdbi = Dialect.POSTGRESQL.teach(Jdbi.create(pool));
    this.threads = new JdbcThreads("postgres", config.connections());
  }

  static PostgresDatabase open(DatabaseConfig.Postgres config) {
    try {
      return new PostgresDatabase(config, pool(config, config.connections(), ANSWER_PATIENCE));
    } catch (RuntimeException e) {
      throw Failures.ofOpening(config, e);
    }
  }

  private static HikariDataSource pool(
      DatabaseConfig.Postgres config, int connections, Duration answerPatience) {
    var settings = new HikariConfig();
    settings.setPoolName("postgres");
    settings.setJdbcUrl(config.url());
    settings.setUsername(config.user());
    settings.setPassword(config.password());
    settings.setMaximumPoolSize(connections);
    settings.setConnectionTimeout(CONNECT_PATIENCE.toMillis());
    settings.setInitializationFailTimeout(1);
    settings.addDataSourceProperty("connectTimeout", CONNECT_PATIENCE.toSeconds());
    settings.addDataSourceProperty("socketTimeout", answerPatience.toSeconds());
    settings.addDataSourceProperty("tcpKeepAlive", true);
    settings.addDataSourceProperty("ApplicationName", "headway");
    return new HikariDataSource(settings);
  }

  @Override
  public void migrate(Schema... schemas) {
    try (var unhurried = pool(config, MIGRATING, Duration.ZERO);
        var turn = unhurried.getConnection();
        var statement = turn.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(%d)".formatted(MIGRATION_LOCK));
      new Migrations(unhurried, Dialect.POSTGRESQL, config.description()).run(schemas);
    } catch (SQLException e) {
      throw Failures.ofOpening(config, e);
    }
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    return threads.call(() -> jdbi.withHandle(work::apply));
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    return threads.call(() -> jdbi.inTransaction(work::apply));
  }

  /* https://www.postgresql.org/docs/current/wal-async-commit.html */
  @Override
  public <T extends @Nullable Object> T writeRelaxed(Function<Handle, T> work) {
    return write(handle -> {
      handle.execute("SET LOCAL synchronous_commit TO OFF");
      return work.apply(handle);
    });
  }

  @Override
  public void ping() {
    read(handle -> handle.createQuery("SELECT 1").mapTo(int.class).one());
  }

  @Override
  public void close() {
    threads.close();
    pool.close();
  }
}
