package dev.headway.solver;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Gives tasks to solver processes: one task at a time to each, a bounded number of them, started
 * when first needed and kept for the next task. A process that dies fails its task alone; the next
 * task gets a new one.
 *
 * <p>Safe for use by several threads. {@link #close} kills all processes.
 */
public final class SolverHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SolverHost.class);
  private static final Duration POLL = Duration.ofMillis(50);

  /** How long a stopped task may take to hand over its best result. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(5);

  /**
   * How long it may take to stop when nobody wants that result: a warm process is worth as much.
   */
  private static final Duration PARTING_GRACE = Duration.ofMillis(300);

  private final ChildLauncher launcher;
  private final InstantSource clock;
  private final Semaphore places;
  private final ConcurrentLinkedDeque<Child> idle = new ConcurrentLinkedDeque<>();
  private final Set<Child> all = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** A host with at most {@code processes} children. */
  public SolverHost(ChildLauncher launcher, int processes, InstantSource clock) {
    this.launcher = launcher;
    this.clock = clock;
    places = new Semaphore(processes, true);
  }

  /**
   * Has a task solved and waits for its result, also when it is stopped meanwhile.
   *
   * @throws HeadwayException {@code CANCELLED} when stopped before it began, or when it did not
   *     stop at once and its result is not wanted; {@code UNAVAILABLE} when the solver cannot run
   *     here or the host is closed; {@code TIMEOUT_ERROR} when it had to be killed; {@code
   *     EXECUTION_ERROR} when the task failed or its process died
   */
  public JsonNode solve(SolverRequest request, SolverListener listener) {
    try {
      takePlace(listener);
      try {
        return solveWith(child(), request, listener);
      } finally {
        places.release();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HeadwayException(ErrorCode.CANCELLED, "The solver was interrupted.", interrupted);
    }
  }

  private void takePlace(SolverListener listener) throws InterruptedException {
    while (!places.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      if (listener.stopRequested()) {
        throw new HeadwayException(
            ErrorCode.CANCELLED, "Cancelled while waiting for a solver process.");
      }
    }
  }

  private Child child() {
    for (var child = idle.pollFirst(); child != null; child = idle.pollFirst()) {
      if (child.alive()) {
        return child;
      }
      all.remove(child);
    }
    try {
      var child = new Child(launcher);
      all.add(child);
      if (closed) {
        child.kill();
      }
      return child;
    } catch (IOException failed) {
      throw new HeadwayException(
          ErrorCode.UNAVAILABLE, "The solver process could not be started.", failed);
    }
  }

  private JsonNode solveWith(Child child, SolverRequest request, SolverListener listener)
      throws InterruptedException {
    var conversation = new Conversation(child, request, listener);
    var clean = false;
    try {
      var result = conversation.hold();
      clean = true;
      return result;
    } catch (TaskFailedException failed) {
      clean = true;
      throw failed.reason();
    } finally {
      if (clean) {
        idle.addFirst(child);
      } else {
        child.kill();
        all.remove(child);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    all.forEach(Child::kill);
  }

  /** A task that failed in a process that goes on. */
  private static final class TaskFailedException extends Exception {
    private final transient HeadwayException reason;

    TaskFailedException(HeadwayException reason) {
      super(reason);
      this.reason = reason;
    }

    HeadwayException reason() {
      return reason;
    }
  }

  /** One task from its request to its end. */
  private final class Conversation {
    private final Child child;
    private final SolverRequest request;
    private final SolverListener listener;
    private Instant deadline;
    private boolean stopped;

    Conversation(Child child, SolverRequest request, SolverListener listener) {
      this.child = child;
      this.request = request;
      this.listener = listener;
      deadline = clock.instant().plus(request.hardLimit());
    }

    JsonNode hold() throws InterruptedException, TaskFailedException {
      send(
          Wire.message()
              .put(Wire.SOLVE, request.task().getName())
              .set(Wire.INPUT, request.input()));
      while (child.alive()) {
        var message = child.receive(POLL);
        if (message.isPresent()) {
          var result = hear(message.get());
          if (result.isPresent()) {
            return result.get();
          }
        }
        stopIfAsked();
        if (clock.instant().isAfter(deadline)) {
          throw overdue();
        }
      }
      throw died();
    }

    private Optional<JsonNode> hear(JsonNode message) throws TaskFailedException {
      if (message.has(Wire.EVENT)) {
        listener.reported(message.get(Wire.EVENT));
        return Optional.empty();
      }
      if (message.has(Wire.RESULT)) {
        return Optional.of(message.get(Wire.RESULT));
      }
      if (message.has(Wire.UNAVAILABLE)) {
        var text = message.get(Wire.UNAVAILABLE).asString();
        throw new TaskFailedException(new HeadwayException(ErrorCode.UNAVAILABLE, text));
      }
      LOG.error("A solver task failed in {}", child.obituary());
      throw new TaskFailedException(
          new HeadwayException(
              ErrorCode.EXECUTION_ERROR,
              "The solver failed; other strategies are not affected.",
              new IllegalStateException(message.path(Wire.FAILED).asString("unknown message"))));
    }

    private void stopIfAsked() {
      if (!stopped && listener.stopRequested()) {
        stopped = true;
        var grace = listener.resultWanted() ? STOP_GRACE : PARTING_GRACE;
        var latest = clock.instant().plus(grace);
        deadline = latest.isBefore(deadline) ? latest : deadline;
        send(Wire.message().put(Wire.STOP, true));
      }
    }

    private HeadwayException overdue() {
      return stopped && !listener.resultWanted()
          ? new HeadwayException(ErrorCode.CANCELLED, "Cancelled while the solver ran.")
          : new HeadwayException(
              ErrorCode.TIMEOUT_ERROR, "The solver did not end in time and was killed.");
    }

    private void send(JsonNode message) {
      try {
        child.send(message);
      } catch (IOException broken) {
        LOG.debug("A solver process no longer listens", broken);
      }
    }

    private HeadwayException died() {
      if (closed) {
        return new HeadwayException(ErrorCode.UNAVAILABLE, "The server is shutting down.");
      }
      LOG.error("A solver process died: {}", child.obituary());
      return new HeadwayException(
          ErrorCode.EXECUTION_ERROR,
          "The solver process ended unexpectedly; try again or choose another strategy.");
    }
  }
}
