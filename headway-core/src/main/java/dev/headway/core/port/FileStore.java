package dev.headway.core.port;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The files of jobs, by job and name. A file is there whole or not at all, and the newest of its
 * name is the one. Names are checked by the caller. Blocks; thread-safe.
 */
public interface FileStore {
  /**
   * A file that is kept.
   *
   * @param name its name, unique in its job
   * @param bytes its size
   * @param storedAt when it was stored
   * @param version another one for another content, of visible ASCII characters but no quotes
   */
  record StoredFile(String name, long bytes, Instant storedAt, String version) {}

  /**
   * Keeps a file in place of an earlier one of that name. When it fails nothing is changed.
   *
   * @param bytes the size of the content
   * @throws IOException when it cannot be kept, or the content is of another size
   */
  void put(UUID job, String name, InputStream content, long bytes) throws IOException;

  /** The files of a job, by name. */
  List<StoredFile> list(UUID job) throws IOException;

  /** A file by its name; empty when there is none. */
  Optional<StoredFile> find(UUID job, String name) throws IOException;

  /**
   * The content of a file that was found, from a byte on.
   *
   * @param from the first byte, from 0 to the file's size
   * @throws IOException when the file is gone or another one meanwhile
   */
  InputStream read(UUID job, StoredFile file, long from) throws IOException;

  /** Removes a file; whether there was one. */
  boolean delete(UUID job, String name) throws IOException;

  /** Removes all files of a job. */
  void deleteAll(UUID job) throws IOException;

  /** The jobs that have files. */
  Set<UUID> jobs() throws IOException;
}
