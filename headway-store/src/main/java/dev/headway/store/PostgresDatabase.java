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
  private static final Duration STATEMENT_PATIENCE = Duration.ofSeconds(15);
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);
  /* A server that is cut off without a word must not hold a thread for longer. */
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(20);
  private static final Duration PROOF_PATIENCE = Duration.ofSeconds(2);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
  /* One connection holds the lock below while another migrates. */
  private static final int MIGRATING = 2;
  /* Nodes that start together take turns. */
  private static final long MIGRATION_LOCK = 0x4845_4144_5741_59L;

  private final DatabaseConfig.Postgres config;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final JdbcThreads threads;
  private final DamageDetector damage;

  private PostgresDatabase(DatabaseConfig.Postgres config, HikariDataSource pool) {
    this.config = config;
    this.pool = pool;
    this.jdbi = Dialect.POSTGRESQL.teach(Jdbi.create(pool));
    this.threads = new JdbcThreads("postgres", config.connections());
    this.damage = new DamageDetector(config.description());
  }

  static PostgresDatabase open(DatabaseConfig.Postgres config) {
    try {
      var settings = settings(config, config.connections());
      setDeadlines(settings);
      return new PostgresDatabase(config, new HikariDataSource(settings));
    } catch (RuntimeException e) {
      throw Failures.ofOpening(config, e);
    }
  }

  /* PgProperty reads texts alone: of other types, which HikariCP passes on, it knows nothing. */
  private static HikariConfig settings(DatabaseConfig.Postgres config, int connections) {
    var settings = new HikariConfig();
    settings.setPoolName("postgres");
    settings.setJdbcUrl(config.url());
    settings.setUsername(config.user());
    settings.setPassword(config.password());
    settings.setMaximumPoolSize(connections);
    settings.setConnectionTimeout(CONNECT_PATIENCE.toMillis());
    settings.setInitializationFailTimeout(1);
    settings.addDataSourceProperty("connectTimeout", seconds(CONNECT_PATIENCE));
    settings.addDataSourceProperty("tcpKeepAlive", "true");
    settings.addDataSourceProperty("ApplicationName", "headway");
    return settings;
  }

  /* The server ends a statement first, if it can still be told; else the socket's deadline does. */
  private static void setDeadlines(HikariConfig settings) {
    settings.setValidationTimeout(PROOF_PATIENCE.toMillis());
    settings.setKeepaliveTime(KEEP_ALIVE.toMillis());
    settings.addDataSourceProperty("socketTimeout", seconds(ANSWER_PATIENCE));
    settings.addDataSourceProperty("cancelSignalTimeout", seconds(PROOF_PATIENCE));
    settings.setConnectionInitSql(
        "SET statement_timeout = %d; SET lock_timeout = %d"
            .formatted(STATEMENT_PATIENCE.toMillis(), LOCK_PATIENCE.toMillis()));
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.toSeconds());
  }

  @Override
  public void migrate(Schema... schemas) {
    try (var unhurried = new HikariDataSource(settings(config, MIGRATING));
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
    return damage.watching(() -> threads.call(() -> jdbi.withHandle(work::apply)));
  }

  @Override
  public <T extends @Nullable Object> T snapshot(Function<Handle, T> work) {
    return write(handle -> {
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      return work.apply(handle);
    });
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    return damage.watching(() -> threads.call(() -> jdbi.inTransaction(work::apply)));
  }

  /* https://www.postgresql.org/docs/current/wal-async-commit.html */
  @Override
  public <T extends @Nullable Object> T writeRelaxed(Function<Handle, T> work) {
    return write(handle -> {
      handle.execute("SET LOCAL synchronous_commit TO OFF");
      return work.apply(handle);
    });
  }

  /* https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS */
  @Override
  public void lock(Handle handle, String name) {
    handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", name);
  }

  @Override
  public Load load() {
    return threads.load();
  }

  @Override
  public boolean damaged() {
    return damage.found();
  }

  @Override
  public void close() {
    threads.close();
    pool.close();
  }
}
