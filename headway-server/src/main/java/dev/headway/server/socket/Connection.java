package dev.headway.server.socket;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of the line, as a session sees it. What is sent goes out in the order of the
 * calls. Safe for use by any thread; nothing here blocks.
 */
public interface Connection {
  /** Sends a frame to this client alone. */
  void send(Frame frame);

  /**
   * Sends every event of a topic after a cursor, and what happens from then on. Events that the
   * dialect does not speak of are left out.
   */
  Following follow(Topic topic, Dialect dialect, Cursor from, Follower follower);

  /** Closes in order: what was sent before still goes out. */
  void close(int code, String reason);

  /**
   * Takes note of who the client has proved to be: the connection is closed when the credential
   * expires or is revoked. Replaces what was proved before.
   *
   * @param expiry how the contract closes then
   */
  void adopt(Principal principal, Expiry expiry);

  /**
   * Takes a place among the connections of a user and, where a path is limited, of a resource. The
   * place is given back when the connection is gone.
   *
   * @param resource the limited resource; null where only the user's places count
   * @return false when there is no place left
   */
  boolean enter(Principal principal, @Nullable String resource);

  /** Runs an action in the session's turn after a delay, unless the connection is gone by then. */
  Timer after(Duration delay, Runnable action);

  /**
   * Sends a frame again and again, at the latest when the connection is this old.
   *
   * @param interval how often
   * @param onlyWhenSilent whether any other frame sent meanwhile stands for it
   * @param frame makes it; null to leave it out this time
   */
  Timer heartbeat(Duration interval, boolean onlyWhenSilent, Supplier<@Nullable Frame> frame);

  /** Whether the connection is still open. */
  boolean open();

  /** A topic that is being followed. */
  interface Following {
    /** Stops; nothing of the topic is sent once this has returned and its turn has come. */
    void stop();
  }

  /** Something that will happen later. */
  interface Timer {
    /** Prevents it. */
    void cancel();
  }

  /** Told, in the session's turn, how following goes on. */
  interface Follower {
    /** The topic's last event was sent. */
    default void ended() {}

    /** The client was so slow that the log no longer has what it lacks. Following has stopped. */
    void fellBehind();

    /** The topic's subject was deleted. Following has stopped. */
    void removed();
  }

  /**
   * How a contract closes a connection whose credential no longer holds.
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
