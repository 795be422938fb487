package dev.headway.spring;

import dev.headway.client.job.Step;
import dev.headway.client.work.Progress;
import dev.headway.client.work.TrackedJob;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The progress of the job that the calling thread works for, to be injected as {@link Progress}. A
 * thread without a job shows nothing, so the same method can be called from anywhere. Thread-safe.
 */
public final class CurrentJob implements Progress {
  private static final ThreadLocal<@Nullable TrackedJob> JOBS = new ThreadLocal<>();

  /** The job of the calling thread; empty outside one. */
  public Optional<TrackedJob> job() {
    return Optional.ofNullable(JOBS.get());
  }

  /**
   * Makes a job the calling thread's until the scope is closed, for work that another thread does
   * for it.
   */
  public Scope within(TrackedJob job) {
    var before = JOBS.get();
    JOBS.set(job);
    return () -> {
      if (before == null) {
        JOBS.remove();
      } else {
        JOBS.set(before);
      }
    };
  }

  /** A part of a thread's work; closed by the same thread. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private Progress progress() {
    var job = JOBS.get();
    return job == null ? NONE : job;
  }

  @Override
  public void total(long total) {
    progress().total(total);
  }

  @Override
  public void advance(long count) {
    progress().advance(count);
  }

  @Override
  public void declare(Step... steps) {
    progress().declare(steps);
  }

  @Override
  public void step(String name) {
    progress().step(name);
  }

  @Override
  public void message(String text) {
    progress().message(text);
  }

  @Override
  public void log(String line) {
    progress().log(line);
  }

  @Override
  public boolean cancelRequested() {
    return progress().cancelRequested();
  }
}
