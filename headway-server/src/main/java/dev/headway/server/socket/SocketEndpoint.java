package dev.headway.server.socket;

/** One of the contracts' sockets: accepts clients on a path. Thread-safe. */
public interface SocketEndpoint {
  /** The path, with parameters in braces, for example {@code /ws/schedule/{id}}. */
  String path();

  /** Whether clients that send binary frames are understood; others are closed with 1003. */
  default boolean binary() {
    return false;
  }

  /**
   * Begins a session. The handshake is complete, and nothing has been checked yet but the
   * credentials. Called on a virtual thread; may block.
   */
  SocketSession open(Connection connection, Handshake handshake);
}
