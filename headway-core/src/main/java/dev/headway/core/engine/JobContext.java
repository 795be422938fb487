package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.ProgressReport;

/**
 * A handler's access to its running job: reports progress, writes the log, and tells whether to
 * stop. Reports may be frequent: they are coalesced, the newest always arrives, and none touches
 * the database by itself. Safe for use by any thread.
 */
public interface JobContext {
  /** The job as it was when the attempt began. */
  Job job();

  /** The input. */
  default Json payload() {
    return job().spec().payload();
  }

  /** Begins a step of the plan; the percentage moves to its start. */
  void step(String step, String message);

  /**
   * Reports how many items of the present step are done.
   *
   * @param done from 0 to {@code total}
   * @param total above 0
   */
  void progress(long done, long total, String message);

  /**
   * Reports the fraction of the present step that is done.
   *
   * @param fraction 0 to 1
   */
  void fraction(double fraction, String message);

  /** Reports as an external worker would, with a percentage of the whole bar. */
  void report(ProgressReport report);

  /** Adds a line to the job's log. */
  void log(String line);

  /** Whether the work is to stop: somebody asked, or the lease was lost. */
  boolean stopRequested();

  /** Whether whoever asked wants what has been found so far. */
  boolean keepPartial();

  /**
   * Ends the work here if it is to stop.
   *
   * @throws JobStoppedException when it is
   */
  default void checkpoint() {
    if (stopRequested()) {
      throw new JobStoppedException();
    }
  }

  /** Runs an action at once when the work is to stop, on another thread; now if it already is. */
  void onStop(Runnable action);
}
