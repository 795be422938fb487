package dev.headway.core.bus;

import java.io.IOException;

/**
 * A service that carries short messages to all nodes that are connected, the sender included:
 * PostgreSQL's notifications, Redis' publish and subscribe. It keeps nothing. Safe for use by any
 * thread.
 */
public interface Carrier {
  /** The other end of a link, called by any thread, one at a time for each partition. */
  interface Receiver {
    /** A message has come, from this node or another. */
    void received(String message);

    /** The link is of no use any more. */
    void lost(String reason);
  }

  /** An open connection. */
  interface Link extends AutoCloseable {
    /**
     * Sends a message to all nodes.
     *
     * @param partition from 0; messages of one partition arrive in their order
     * @throws IOException when the link is broken
     */
    void send(int partition, String message) throws IOException;

    /** Ends the connection, also one whose other side is silent. */
    @Override
    void close();
  }

  /** The service and its address, without secrets. */
  String description();

  /** How many partitions there are, from 1. */
  int partitions();

  /** The longest message, in bytes of UTF-8. */
  int longest();

  /** Whether it bears a message with a body at each report of progress. */
  boolean carriesProgress();

  /**
   * Connects; messages arrive from the return on.
   *
   * @throws BusRefusedException when the service answers that it will not serve this node
   * @throws IOException when it cannot be reached
   */
  Link open(Receiver receiver) throws IOException;
}
