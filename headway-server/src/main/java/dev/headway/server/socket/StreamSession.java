package dev.headway.server.socket;

/** A client that only listens: an event stream over HTTP. */
public interface StreamSession {
  /** Begins a session once the answer's headers are out. */
  @FunctionalInterface
  interface Opening {
    /** Called on a virtual thread; may block. */
    StreamSession open(Connection connection);
  }

  /** The connection is gone. Called on a virtual thread. */
  default void closed() {}
}
