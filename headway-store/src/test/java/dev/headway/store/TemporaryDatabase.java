package dev.headway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An SQLite file that goes when the test ends. */
public final class TemporaryDatabase implements AutoCloseable {
  private final Path directory;
  private final List<Database> opened = new ArrayList<>();

  public TemporaryDatabase() {
    try {
      directory = Files.createTempDirectory("headway-store");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directory, which may hold other files. */
  Path directory() {
    return directory;
  }

  /** Where the file is, or will be. */
  DatabaseConfig.Sqlite config() {
    return new DatabaseConfig.Sqlite(directory.resolve("headway.db"));
  }

  /** The file as it is, opened once more. */
  Database open() {
    var database = Database.open(config());
    opened.add(database);
    return database;
  }

  /** The file, opened, with its tables up to date. */
  public Database migrated() {
    var database = open();
    database.migrate(Schema.CORE);
    return database;
  }

  @Override
  public void close() throws IOException {
    opened.forEach(Database::close);
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
