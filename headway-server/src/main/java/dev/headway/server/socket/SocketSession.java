package dev.headway.server.socket;

import dev.headway.core.topic.Frame;

/**
 * One client of one contract. All methods are called one at a time, in order, on virtual threads;
 * they may block.
 */
public interface SocketSession {
  /** A message arrived: text, or binary where the endpoint understands it. */
  void received(Frame message);

  /** The connection is gone. */
  default void closed() {}
}
