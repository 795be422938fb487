package dev.headway.server.files;

import dev.headway.core.file.OwnerOnly;
import dev.headway.core.port.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Files in a directory, {@code JOB/NAME} with the name percent-encoded. A file is written under
 * {@code incoming} and then moved, so that a half one is never seen. For one server at a time;
 * thread-safe.
 */
public final class FolderFileStore implements FileStore {
  private static final String INCOMING = "incoming";
  private static final int PIECE = 65_536;

  private final Path root;

  /**
   * The files in a directory, which is made when it is needed. What an earlier process left half
   * written is removed.
   *
   * @throws IOException when the directory cannot be read
   */
  public FolderFileStore(Path root) throws IOException {
    this.root = root;
    remove(root.resolve(INCOMING));
  }

  private Path folder(UUID job) {
    return root.resolve(job.toString());
  }

  private Path path(UUID job, String name) {
    return folder(job).resolve(new FileName(name).encoded());
  }

  @Override
  public void put(UUID job, String name, InputStream content, long bytes) throws IOException {
    var target = path(job, name);
    var half = Files.createTempFile(directory(root.resolve(INCOMING)), "file-", null);
    try {
      write(content, half, bytes);
      directory(folder(job));
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private static Path directory(Path path) throws IOException {
    return Files.createDirectories(path, OwnerOnly.directory(path));
  }

  private static void write(InputStream content, Path file, long bytes) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var piece = new byte[PIECE];
      var written = 0L;
      for (var count = content.read(piece); count >= 0; count = content.read(piece)) {
        written += count;
        requireSize(written <= bytes, bytes);
        write(channel, ByteBuffer.wrap(piece, 0, count));
      }
      requireSize(written == bytes, bytes);
      channel.force(true);
    }
  }

  private static void write(FileChannel channel, ByteBuffer part) throws IOException {
    while (part.hasRemaining()) {
      channel.write(part);
    }
  }

  private static void requireSize(boolean fits, long bytes) throws IOException {
    if (!fits) {
      throw new IOException("The content has not the %d bytes that were said".formatted(bytes));
    }
  }

  @Override
  public List<StoredFile> list(UUID job) throws IOException {
    var files = new ArrayList<StoredFile>();
    for (var path : children(folder(job))) {
      var name = FileName.decode(path.getFileName().toString());
      if (name.isPresent()) {
        stored(path, name.get().text()).ifPresent(files::add);
      }
    }
    files.sort(Comparator.comparing(StoredFile::name));
    return files;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (var paths = Files.newDirectoryStream(folder)) {
      var all = new ArrayList<Path>();
      paths.forEach(all::add);
      return all;
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
  }

  @Override
  public Optional<StoredFile> find(UUID job, String name) throws IOException {
    return stored(path(job, name), name);
  }

  private static Optional<StoredFile> stored(Path path, String name) throws IOException {
    try {
      var bytes = Files.size(path);
      var at = Files.getLastModifiedTime(path);
      var version = "%x-%x".formatted(at.to(TimeUnit.MICROSECONDS), bytes);
      return Optional.of(new StoredFile(name, bytes, at.toInstant(), version));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /* Once it is open a file stays as it is, whatever takes its name. */
  @Override
  public InputStream read(UUID job, StoredFile file, long from) throws IOException {
    var path = path(job, file.name());
    var channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      if (!stored(path, file.name()).equals(Optional.of(file))) {
        throw new IOException("The file is another one meanwhile");
      }
      return Channels.newInputStream(channel.position(from));
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  @Override
  public boolean delete(UUID job, String name) throws IOException {
    var there = Files.deleteIfExists(path(job, name));
    try {
      Files.deleteIfExists(folder(job));
    } catch (DirectoryNotEmptyException _) {
      // it has others
    }
    return there;
  }

  @Override
  public void deleteAll(UUID job) throws IOException {
    remove(folder(job));
  }

  private static void remove(Path folder) throws IOException {
    for (var file : children(folder)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }

  @Override
  public Set<UUID> jobs() throws IOException {
    var jobs = new HashSet<UUID>();
    for (var folder : children(root)) {
      job(folder.getFileName().toString()).ifPresent(jobs::add);
    }
    return jobs;
  }

  private static Optional<UUID> job(String folder) {
    try {
      return Optional.of(UUID.fromString(folder)).filter(id -> id.toString().equals(folder));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
