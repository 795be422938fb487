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

  /** Whose actions they are. */
  @FunctionalInterface
  public interface Owner {
    /** Called after an action has failed; those after it are run all the same. */
    void actionFailed();
  }

  private final Executor executor;
  private final Owner owner;

  /** Null while none runs: nearly always, for nearly all connections. */
  private @Nullable ArrayDeque<Runnable> waiting;

  /**
   * @param executor runs the actions; may block
   */
  public SerialExecutor(Executor executor, Owner owner) {
    this.executor = executor;
    this.owner = owner;
  }

  @Override
  public void execute(Runnable action) {
    if (add(action)) {
      executor.execute(this::run);
    }
  }

  /** Returns whether it is the first, so that the actions must be run. */
  private synchronized boolean add(Runnable action) {
    var first = waiting == null;
    if (waiting == null) {
      waiting = new ArrayDeque<>(2);
    }
    waiting.add(action);
    return first;
  }

  private void run() {
    for (var action = next(); action != null; action = next()) {
      try {
        action.run();
      } catch (RuntimeException | Error failure) {
        LOG.error("A connection's action failed", failure);
        owner.actionFailed();
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    var action = waiting == null ? null : waiting.poll();
    if (action == null) {
      waiting = null;
    }
    return action;
  }
}
