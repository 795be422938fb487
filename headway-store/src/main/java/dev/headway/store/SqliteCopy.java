package dev.headway.store;

import dev.headway.core.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** A copy of an SQLite file as it was at one moment, for a backup. */
public final class SqliteCopy {
  private final Path file;

  /**
   * @param file the copy, which need not exist yet
   */
  public SqliteCopy(Path file) {
    this.file = file;
  }

  /**
   * Makes the copy of a database, which servers may go on using: a reader of the moment at which
   * this began, which holds up no writer.
   *
   * @throws IOException when it cannot be read or written
   */
  public void make(Path database) throws IOException {
    Files.createFile(file, OwnerOnly.file(file)); // VACUUM takes an empty file, rights included
    var readOnly = new SQLiteConfig();
    readOnly.setReadOnly(true);
    try (var connection = readOnly.createConnection("jdbc:sqlite:" + database);
        var vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, file.toString());
      vacuum.execute();
    } catch (SQLException failed) {
      throw new IOException(
          "The database %s cannot be copied: %s".formatted(database, failed.getMessage()), failed);
    }
  }

  /**
   * Checks all tables and indexes; returns the damage, a line each.
   *
   * @throws IOException when it cannot be read
   */
  public List<String> damage() throws IOException {
    try (var connection = open();
        var check = connection.createStatement();
        var lines = check.executeQuery("PRAGMA integrity_check(20)")) {
      var found = new ArrayList<String>();
      while (lines.next()) {
        found.add(lines.getString(1));
      }
      return found.equals(List.of("ok")) ? List.of() : found;
    } catch (SQLException failed) {
      return List.of(String.valueOf(failed.getMessage())); // where the check could not read on
    }
  }

  /**
   * Ends the life that the cursors in the database belong to: what happened after the copy was made
   * may be in the hands of clients and is not in it. The next server begins another life.
   *
   * @throws IOException when it cannot be written
   */
  public void endLife() throws IOException {
    try (var connection = open();
        var statement = connection.createStatement()) {
      if (hasLife(connection)) {
        statement.executeUpdate("DELETE FROM installation");
      }
    } catch (SQLException failed) {
      throw new IOException("The database %s cannot be written".formatted(file), failed);
    }
  }

  private static boolean hasLife(Connection connection) throws SQLException {
    try (var tables = connection.getMetaData().getTables(null, null, "installation", null)) {
      return tables.next();
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
