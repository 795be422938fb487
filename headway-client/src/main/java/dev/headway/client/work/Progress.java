package dev.headway.client.work;

import dev.headway.client.job.Step;
import java.util.concurrent.CancellationException;

/** The progress of work, told to whoever watches. No method waits for the server. Thread-safe. */
public interface Progress {
  /** Progress that is not shown. */
  Progress NONE =
      new Progress() {
        @Override
        public void total(long total) {}

        @Override
        public void advance(long count) {}

        @Override
        public void declare(Step... steps) {}

        @Override
        public void step(String name) {}

        @Override
        public void message(String text) {}

        @Override
        public void log(String line) {}

        @Override
        public boolean cancelRequested() {
          return false;
        }
      };

  /** Sets how much is to be done; 0 stands for an amount that is not known. */
  void total(long total);

  /** Adds to what is done. What exceeds the total raises the total. */
  void advance(long count);

  /** Adds one to what is done. */
  default void advance() {
    advance(1);
  }

  /** Declares the steps of the work, once; what is counted in one fills its share of the bar. */
  void declare(Step... steps);

  /** Begins a step, within which counting begins anew, without a total. */
  void step(String name);

  /** Shows what is being done. */
  void message(String text);

  /** Adds a line to the log. */
  void log(String line);

  /** Whether somebody has asked the work to stop. */
  boolean cancelRequested();

  /**
   * Throws if the work is to stop.
   *
   * @throws CancellationException when somebody has asked for it
   */
  default void throwIfCancelled() {
    if (cancelRequested()) {
      throw new CancellationException("The job was cancelled");
    }
  }
}
