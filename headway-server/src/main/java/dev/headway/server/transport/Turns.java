package dev.headway.server.transport;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one connection's actions one after the other on a shared executor, and uses no thread while
 * there is nothing to do. Safe for use by any thread.
 */
final class Turns implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final Executor executor;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(2);
  private boolean running;

  Turns(Executor executor) {
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

  private @org.jspecify.annotations.Nullable Runnable next() {
    synchronized (waiting) {
      var action = waiting.poll();
      running = action != null;
      return action;
    }
  }
}
