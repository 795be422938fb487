package dev.headway.app;

import dev.headway.core.file.OwnerOnly;
import dev.headway.store.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/**
 * The directory that belongs to one running server: locked while it runs, so that two never share
 * it, and where the server's name is kept.
 */
final class DataDirectory implements AutoCloseable {
  private final String node;
  private final FileChannel lock;

  private DataDirectory(String node, FileChannel lock) {
    this.node = node;
    this.lock = lock;
  }

  /**
   * Makes the directory if need be, for its owner alone, and takes it.
   *
   * @param random makes the name of a server that has none yet
   * @throws StartupException when it cannot be used or another server has it
   */
  static DataDirectory open(Path path, RandomGenerator random) {
    try {
      create(path);
      var lock = lock(path.resolve("headway.lock"), path);
      return new DataDirectory(node(path.resolve("node"), random), lock);
    } catch (IOException failed) {
      throw new StartupException(
          "The data directory %s cannot be used: %s. Name another with --data"
              .formatted(path, reason(failed)),
          failed);
    }
  }

  /** Makes a directory for its owner alone; one that is there stays as it is. */
  static void create(Path path) throws IOException {
    Files.createDirectories(path, OwnerOnly.directory(path));
  }

  private static FileChannel lock(Path file, Path directory) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!taken(channel)) {
      var holder = Files.readString(file).strip();
      channel.close();
      throw new StartupException(
          "The data directory %s is in use by another Headway server (process %s). Stop it, or name another directory with --data"
              .formatted(directory, holder));
    }
    var process = ProcessHandle.current().pid() + "\n";
    channel.truncate(0).write(ByteBuffer.wrap(process.getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false; // a server in this very process has it
    }
  }

  private static String node(Path file, RandomGenerator random) throws IOException {
    if (Files.notExists(file)) {
      Files.writeString(file, "node-%08x\n".formatted(random.nextInt()));
    }
    return Files.readString(file).strip();
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> denied.getFile() + " may not be read and written";
      case FileAlreadyExistsException file -> file.getFile() + " is a file";
      case FileSystemException system when system.getReason() != null ->
          system.getFile() + ": " + system.getReason();
      case IOException other -> other.toString();
    };
  }

  /** The server's name, the same at every start. */
  String node() {
    return node;
  }

  /** Lets others have it. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException _) {
      // the lock ends with the process at the latest
    }
  }
}
