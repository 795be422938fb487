package dev.headway.app.backup;

import dev.headway.core.file.OwnerOnly;
import dev.headway.store.SqliteCopy;
import dev.headway.store.StartupException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A folder that holds what an installation keeps: its database as it was at one moment, its keys
 * and secrets and all other files of the data directory, with their checksums. Its owner alone may
 * read it.
 */
public final class Backup {
  private static final String DATABASE = "headway.db";
  /* What is one running server's own, or is copied as a database. */
  private static final Set<String> LEFT_OUT =
      Set.of("headway.lock", "progress.ledger", DATABASE, DATABASE + "-wal", DATABASE + "-shm");

  private final Path folder;
  private final PrintWriter out;

  /**
   * @param folder where it is, or is to be
   * @param out is told how far a long copy is
   */
  public Backup(Path folder, PrintWriter out) {
    this.folder = folder;
    this.out = out;
  }

  /**
   * Writes the backup; a server may go on running on what is backed up.
   *
   * @param data the data directory
   * @param database the SQLite file
   * @return the files that it holds
   * @throws StartupException when it cannot be written, with the reason and the remedy
   */
  public List<String> write(Path data, Path database) {
    requireAbsentOrEmpty(folder, "Name a new folder for the backup");
    try {
      Files.createDirectories(folder, OwnerOnly.directory(folder));
      var files = others(data);
      for (var file : files) {
        copy(data.resolve(file), folder.resolve(file));
      }
      var copy = folder.resolve(DATABASE);
      try (var _ = new GrowingFile(copy, Files.size(database), out)) {
        new SqliteCopy(copy).make(database);
      }
      requireWhole(new SqliteCopy(copy));
      files.add(Path.of(DATABASE));
      Checksums.of(folder, files).write(folder);
      return files.stream().map(Path::toString).sorted().toList();
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  /**
   * Restores the backup into a data directory that is empty or does not exist. Cursors that clients
   * have from before are answered with the present state.
   *
   * @return the files that were restored
   * @throws StartupException when the backup is not whole, or the directory not empty; nothing has
   *     been written then
   */
  public List<String> restore(Path data) {
    requireAbsentOrEmpty(data, "Restore into a directory that is new");
    try {
      var sums = Checksums.read(folder);
      var defects = new ArrayList<>(sums.defects(folder));
      if (!sums.of().containsKey(DATABASE)) {
        defects.add("%s does not name %s".formatted(Checksums.FILE, DATABASE));
      }
      if (!defects.isEmpty()) {
        throw new StartupException(
            "The backup %s is not whole; nothing was restored:%n  %s"
                .formatted(folder, String.join("\n  ", defects)));
      }
      requireWhole(new SqliteCopy(folder.resolve(DATABASE)));
      Files.createDirectories(data, OwnerOnly.directory(data));
      for (var name : sums.of().keySet()) {
        copy(folder.resolve(name), data.resolve(name));
      }
      new SqliteCopy(data.resolve(DATABASE)).endLife();
      return List.copyOf(sums.of().keySet());
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  private static void requireAbsentOrEmpty(Path directory, String remedy) {
    try (var entries = Files.exists(directory) ? Files.list(directory) : null) {
      if (entries != null && entries.findAny().isPresent()) {
        throw new StartupException("%s is not empty. %s".formatted(directory, remedy));
      }
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  private static void requireWhole(SqliteCopy copy) throws IOException {
    var damage = copy.damage();
    if (!damage.isEmpty()) {
      throw new StartupException(
          "The database is damaged:%n  %s".formatted(String.join("\n  ", damage)));
    }
  }

  /** The other files of a data directory, by their paths in it. */
  private List<Path> others(Path data) throws IOException {
    try (var all = Files.walk(data)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toAbsolutePath().startsWith(folder.toAbsolutePath()))
          .map(data::relativize)
          .filter(file -> !LEFT_OUT.contains(file.getName(0).toString()))
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent(), OwnerOnly.directory(to));
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static StartupException failure(IOException failed) {
    return new StartupException(String.valueOf(failed.getMessage()), failed);
  }
}
