package dev.headway.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** One SQLite file: a write-ahead log, one writer and a few readers beside it. */
final class SqliteDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);
  private static final int CACHE_KIB = 16_384;
  /* 16 MiB of log before it is copied into the file, four times SQLite's own: fewer flushes. */
  private static final int LOG_PAGES = 4_000;

  private final DatabaseConfig.Sqlite config;
  private final SqliteConnections writing;
  private final SqliteConnections reading;
  private final SqliteWriter writer;
  private final Jdbi readers;
  private final JdbcThreads threads;

  private SqliteDatabase(DatabaseConfig.Sqlite config) throws SQLException {
    this.config = config;
    writing = new SqliteConnections(source(config.file(), false), 1);
    writer = new SqliteWriter(Dialect.SQLITE.teach(Jdbi.create(writing)));
    reading = new SqliteConnections(source(config.file(), true), config.readers());
    readers = Dialect.SQLITE.teach(Jdbi.create(reading));
    threads = new JdbcThreads("sqlite-reader", config.readers());
    threads.execute(this::firstQuery);
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
      return new SqliteDatabase(config);
    } catch (SQLException e) {
      throw Failures.ofOpening(config, e);
    }
  }

  /* Password hashes are in it, so it is its owner's alone; SQLite's other files follow it. */
  private static void createFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new StartupException("The database %s is a directory; name a file".formatted(file));
    }
    try {
      Files.createDirectories(file.getParent());
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        var ownersOnly = PosixFilePermissions.fromString("rw-------");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(ownersOnly));
      }
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
    new Migrations(source, Dialect.SQLITE, config.description()).run(schemas);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    return threads.call(() -> readers.withHandle(work::apply));
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    return writer.write(work, false);
  }

  @Override
  public <T extends @Nullable Object> T writeRelaxed(Function<Handle, T> work) {
    return writer.write(work, true);
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
