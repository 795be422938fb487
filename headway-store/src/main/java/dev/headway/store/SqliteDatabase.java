package dev.headway.store;

import dev.headway.core.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** One SQLite file: a write-ahead log, one writer and a few readers beside it. */
final class SqliteDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
  /* Another program's transaction is waited for as long as a client may be kept waiting. */
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(3);
  private static final Duration MIGRATION_PATIENCE = Duration.ofSeconds(10);
  private static final int CACHE_KIB = 16_384;
  /* 16 MiB of log before it is copied into the file, four times SQLite's own: fewer flushes. */
  private static final int LOG_PAGES = 4_000;
  private static final int DAMAGE_SHOWN = 20;

  private final DatabaseConfig.Sqlite config;
  private final SqliteConnections writing;
  private final SqliteConnections reading;
  private final SqliteWriter writer;
  private final Jdbi readers;
  private final JdbcThreads threads;
  private final DamageDetector damage;

  private SqliteDatabase(DatabaseConfig.Sqlite config) throws SQLException {
    this.config = config;
    writing = new SqliteConnections(source(config.file(), false), 1);
    writer = new SqliteWriter(Dialect.SQLITE.teach(Jdbi.create(writing)));
    reading = new SqliteConnections(source(config.file(), true), config.readers());
    readers = Dialect.SQLITE.teach(Jdbi.create(reading));
    threads = new JdbcThreads("sqlite-reader", config.readers());
    damage = new DamageDetector(config.description());
    threads.execute(this::firstQuery);
  }

  /* Programs that close the file in order leave no log behind. */
  private static boolean leftOpen(Path file) throws IOException {
    var log = file.resolveSibling(file.getFileName() + "-wal");
    return Files.exists(log) && Files.size(log) > 0;
  }

  private void reportDamage() {
    try {
      var lines = damage();
      if (lines.isEmpty()) {
        LOG.info("{} is whole; another process has it open, or was killed", config.file());
      } else {
        LOG.error(
            "{} is damaged; what it says here is lost. Restore a backup:\n  {}",
            config.file(),
            String.join("\n  ", lines));
        damage.note();
      }
    } catch (RuntimeException failure) {
      LOG.error("{} could not be checked; restore a backup", config.file(), failure);
    }
  }

  /** The damage to tables and indexes, a line each, at most {@value #DAMAGE_SHOWN}. */
  List<String> damage() {
    var query = "PRAGMA quick_check(" + DAMAGE_SHOWN + ")";
    var found = new ArrayList<String>();
    try {
      readers.useHandle(
          handle -> handle.createQuery(query).mapTo(String.class).forEach(found::add));
    } catch (JdbiException failure) {
      found.add(String.valueOf(failure.getMessage())); // where the check could not read on
    }
    return found.equals(List.of("ok")) ? List.of() : found;
  }

  /* The first query of a process loads a good part of the mapper, here beside all else. */
  private void firstQuery() {
    try {
      var _ = readers.withHandle(SqliteDatabase::tables);
    } catch (RuntimeException failure) {
      LOG.debug("The first query failed", failure);
    }
  }

  private static int tables(Handle handle) {
    return handle.createQuery("SELECT count(*) FROM sqlite_schema").mapTo(int.class).one();
  }

  static SqliteDatabase open(DatabaseConfig.Sqlite config) {
    createFile(config.file().toAbsolutePath());
    try {
      var leftOpen = leftOpen(config.file().toAbsolutePath());
      var database = new SqliteDatabase(config);
      if (leftOpen) {
        database.threads.execute(database::reportDamage); // while the server starts
      }
      return database;
    } catch (SQLException e) {
      throw Failures.ofOpening(config, e);
    } catch (IOException e) {
      throw notUsable(config.file(), e);
    }
  }

  /* Password hashes are in it, so it is its owner's alone; SQLite's other files follow it. */
  private static void createFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new StartupException("The database %s is a directory; name a file".formatted(file));
    }
    try {
      Files.createDirectories(file.getParent());
      Files.createFile(file, OwnerOnly.file(file));
    } catch (FileAlreadyExistsException e) {
      requireUsable(file, e);
    } catch (IOException e) {
      throw notUsable(file, e);
    }
  }

  private static void requireUsable(Path file, IOException cause) {
    var usable = Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file);
    if (!usable) {
      throw notUsable(file, cause);
    }
  }

  private static StartupException notUsable(Path file, IOException cause) {
    return new StartupException(
        "The database %s cannot be read and written; check the rights of the file and its directory"
            .formatted(file),
        cause);
  }

  private static SQLiteDataSource source(Path file, boolean readOnly) {
    var pragmas = new SQLiteConfig();
    pragmas.setJournalMode(SQLiteConfig.JournalMode.WAL);
    pragmas.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    pragmas.setBusyTimeout((int) LOCK_PATIENCE.toMillis());
    pragmas.enforceForeignKeys(true);
    pragmas.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    pragmas.setCacheSize(-CACHE_KIB);
    pragmas.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(LOG_PAGES));
    if (readOnly) {
      pragmas.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
      pragmas.setReadOnly(true);
    }
    var source = new SQLiteDataSource(pragmas);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  @Override
  public void migrate(Schema... schemas) {
    var source = source(config.file(), false);
    source.setBusyTimeout((int) MIGRATION_PATIENCE.toMillis());
    new Migrations(source, Dialect.SQLITE, config.description()).run(schemas);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    return damage.watching(() -> threads.call(() -> readers.withHandle(work::apply)));
  }

  @Override
  public <T extends @Nullable Object> T snapshot(Function<Handle, T> work) {
    return damage.watching(() -> threads.call(() -> readers.inTransaction(work::apply)));
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    return damage.watching(() -> writer.write(work, false));
  }

  @Override
  public <T extends @Nullable Object> T writeRelaxed(Function<Handle, T> work) {
    return damage.watching(() -> writer.write(work, true));
  }

  @Override
  public Load load() {
    return threads.load().plus(writer.load());
  }

  @Override
  public void lock(Handle handle, String name) {
    // One transaction writes at a time.
  }

  @Override
  public boolean damaged() {
    return damage.found();
  }

  @Override
  public void close() {
    threads.close();
    writer.close();
    try (writing;
        reading) {
      LOG.debug("Closing {}", config.file());
    } catch (SQLException e) {
      LOG.warn("{} was not closed cleanly; its log will be replayed", config.file(), e);
    }
  }
}
