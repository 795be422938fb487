package dev.headway.server.transport.socket;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor that runs one connection's actions one after the other on another executor, and
 * occupies no thread while there is none. Thread-safe.
 */
public final class SerialExecutor implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

  private final Executor executor;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(2);
  private boolean running;

  /**
   * @param executor runs the actions; may block
   */
  public SerialExecutor(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable action) {
    synchronized (waiting) {
      waiting.add(action);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::run);
  }

  private void run() {
    for (var action = next(); action != null; action = next()) {
      try {
        action.run();
      } catch (RuntimeException failure) {
        LOG.error("A session's action failed", failure);
      }
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      var action = waiting.poll();
      running = action != null;
      return action;
    }
  }
}
