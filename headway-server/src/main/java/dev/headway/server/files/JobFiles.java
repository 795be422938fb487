package dev.headway.server.files;

import dev.headway.core.engine.JobListener;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.port.FileStore;
import dev.headway.core.port.FileStore.StoredFile;
import dev.headway.core.port.JobStore;
import dev.headway.core.topic.TopicName;
import dev.headway.server.http.BodyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of jobs within their bounds; a store that fails becomes an answer. Blocks; thread-safe.
 */
public final class JobFiles implements JobListener {
  private static final Logger LOG = LoggerFactory.getLogger(JobFiles.class);

  private final FileStore store;
  private final FileSettings settings;
  private final JobStore jobs;
  private final Executor workers;

  /**
   * Files in a store.
   *
   * @param jobs says which jobs there are: without its job no file is kept
   * @param workers removes the files of deleted jobs
   */
  public JobFiles(FileStore store, FileSettings settings, JobStore jobs, Executor workers) {
    this.store = store;
    this.settings = settings;
    this.jobs = jobs;
    this.workers = workers;
  }

  @Override
  public void happened(JobEvent event) {
    // files are told of by their line in the log
  }

  @Override
  public void deleted(Job job) {
    workers.execute(() -> remove(job.id()));
  }

  /* What is left here, the next sweep removes. */
  private void remove(UUID job) {
    try {
      store.deleteAll(job);
    } catch (IOException failed) {
      LOG.warn("The files of the deleted job {} could not be removed yet", job, failed);
    }
  }

  /** Something that the store does. */
  @FunctionalInterface
  private interface Action<T> {
    T run() throws IOException;
  }

  /**
   * Keeps a file in place of an earlier one of that name.
   *
   * @param bytes the size of the content
   * @throws HeadwayException CONFLICT when the job has too many files; UNAVAILABLE when the store
   *     fails, for example because the disk is full: nothing has changed then
   */
  public StoredFile put(UUID job, FileName name, InputStream content, long bytes) {
    requireRoom(job, name);
    try {
      store.put(job, name.text(), content, bytes);
    } catch (IOException failed) {
      LOG.warn("The file {} of job {} could not be stored", name.encoded(), job, failed);
      throw BodyFile.notStored("file", failed);
    }
    return find(job, name);
  }

  private void requireRoom(UUID job, FileName name) {
    var present = list(job);
    var another = present.stream().noneMatch(file -> file.name().equals(name.text()));
    if (another && present.size() >= settings.perJob()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "The job has %d files, and may have no more (files.per-job); put several into one archive"
              .formatted(present.size()));
    }
  }

  /**
   * The files of a job, by name.
   *
   * @throws HeadwayException UNAVAILABLE when the store fails
   */
  public List<StoredFile> list(UUID job) {
    return ask(() -> store.list(job));
  }

  /**
   * A file by its name.
   *
   * @throws HeadwayException NOT_FOUND when there is none; UNAVAILABLE when the store fails
   */
  public StoredFile find(UUID job, FileName name) {
    return ask(() -> store.find(job, name.text()))
        .orElseThrow(() -> HeadwayException.notFound("The file " + name.text()));
  }

  /**
   * The content of a file from a byte on, to be closed by the caller.
   *
   * @throws HeadwayException UNAVAILABLE when the store fails, or the file has become another one
   */
  public InputStream read(UUID job, StoredFile file, long from) {
    return ask(() -> store.read(job, file, from));
  }

  /**
   * Removes a file.
   *
   * @throws HeadwayException NOT_FOUND when there is none; UNAVAILABLE when the store fails
   */
  public void delete(UUID job, FileName name) {
    if (!ask(() -> store.delete(job, name.text()))) {
      throw HeadwayException.notFound("The file " + name.text());
    }
  }

  /**
   * Removes the files of jobs that are no more; returns of how many. Called again and again: a job
   * may be deleted in many ways, and by other servers.
   *
   * @throws HeadwayException UNAVAILABLE when the store fails
   */
  public int sweep() {
    return ask(() -> {
      var swept = 0;
      for (var job : store.jobs()) {
        if (jobs.find(job).isEmpty()) {
          store.deleteAll(job);
          swept++;
        }
      }
      return swept;
    });
  }

  private <T> T ask(Action<T> action) {
    try {
      return action.run();
    } catch (IOException failed) {
      LOG.warn("The store of files failed", failed);
      throw HeadwayException.later(
          ErrorCode.UNAVAILABLE,
          "The store of files does not answer, or the file has just been replaced; try again",
          Duration.ofSeconds(5));
    }
  }

  /**
   * The name under which a link's token may fetch one file and nothing else. It is no topic that
   * can be watched.
   */
  public static TopicName topic(UUID job, FileName name) {
    try {
      var text = job + "/" + name.text();
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new TopicName("file", HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }
}
