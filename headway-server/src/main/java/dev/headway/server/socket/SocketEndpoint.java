package dev.headway.server.socket;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the contracts' sockets: accepts clients on a path. Thread-safe. */
public interface SocketEndpoint {
  /** The path, with parameters in braces, for example {@code /ws/schedule/{id}}. */
  String path();

  /** Whether clients that send binary frames are understood; others are closed with 1003. */
  default boolean binary() {
    return false;
  }

  /**
   * The subprotocols that it speaks, the preferred one first; {@code bearer} is always understood.
   */
  default List<String> protocols() {
    return List.of();
  }

  /**
   * Whether a client may show its token in a message instead of the handshake. Refusals of such a
   * client are not counted at the door, where its token is not known yet.
   */
  default boolean takesTokenAsMessage() {
    return true;
  }

  /** How long a client may send nothing at all; null for the server's setting. */
  default @Nullable Duration idleTimeout() {
    return null;
  }

  /**
   * Begins a session. The handshake is complete, and nothing has been checked yet but the
   * credentials. Called on a virtual thread; may block.
   */
  SocketSession open(Connection connection, Handshake handshake);
}
