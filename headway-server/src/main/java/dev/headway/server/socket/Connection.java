package dev.headway.server.socket;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, as its session sees it. Frames go out in the order of the calls. Safe for
 * use by any thread; no method blocks.
 */
public interface Connection {
  /** Sends a frame to this client alone. */
  void send(Frame frame);

  /**
   * Subscribes to a topic: sends its events after an offset, and every later one as it is appended.
   * Events without a frame in the dialect are left out.
   *
   * @param after an offset that the topic covers
   * @return ends the subscription; none of its events is sent once the loop has run the call
   */
  Cancellable subscribe(Topic topic, Dialect dialect, long after, Watcher watcher);

  /** Closes in order: frames sent before still go out. */
  void close(int code, String reason);

  /**
   * Ties the connection to a credential, in place of the previous one: it is closed when the
   * credential expires or is revoked.
   *
   * @param expiry the close codes of the contract
   */
  void adopt(Principal principal, Expiry expiry);

  /**
   * Counts the connection against the limits of its user and, where a path is limited, of a
   * resource, until it is gone.
   *
   * @param resource the limited resource; null where only the user's limit counts
   * @return false when a limit is reached
   */
  boolean reserve(Principal principal, @Nullable String resource);

  /** Runs an action of the session after a delay, unless the connection is closed by then. */
  Cancellable after(Duration delay, Runnable action);

  /**
   * Sends a frame periodically, for the first time after one interval.
   *
   * @param onlyWhenSilent whether any other frame restarts the interval
   * @param frame makes it; null to leave it out this time
   */
  Cancellable heartbeat(Duration interval, boolean onlyWhenSilent, Supplier<@Nullable Frame> frame);

  /**
   * Lets the client send more from now on than the server's settings let all clients.
   *
   * @param bytes the largest message that is taken
   * @param messagesPerSecond how many messages it may send in a second
   */
  default void allow(int bytes, int messagesPerSecond) {}

  /** Returns whether the connection is open. */
  boolean open();

  /** A subscription or an action that can be called off. */
  interface Cancellable {
    /** Calls it off; further calls do nothing. */
    void cancel();
  }

  /** A session's callbacks about the end of a subscription; run like its other actions. */
  interface Watcher {
    /** The topic's last event was sent. */
    default void ended() {}

    /** The client read so slowly that the log has dropped events that it had not been sent. */
    void fellBehind();

    /** The topic's subject was deleted. */
    void removed();
  }

  /**
   * The closes of a contract for a credential that is no longer valid.
   *
   * @param expired at the credential's end
   * @param revoked when it was revoked, or its user deactivated
   */
  record Expiry(Close expired, Close revoked) {
    /** 1008 for both. */
    public static final Expiry POLICY =
        new Expiry(new Close(1008, "Token expired"), new Close(1008, "Token revoked"));

    /** As in the native stream. */
    public static final Expiry NATIVE =
        new Expiry(new Close(4401, "Token expired"), new Close(4410, "Token revoked"));
  }

  /** A close code with its reason. */
  record Close(int code, String reason) {}
}
