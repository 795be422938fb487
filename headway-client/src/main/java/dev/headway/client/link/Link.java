package dev.headway.client.link;

/** A connection that carries frames of the native stream. Thread-safe. */
public interface Link {
  /** Sends a frame; a failure shows as the link's end. */
  void send(String text);

  /**
   * Closes the connection without waiting for the other side. Its listener hears nothing more of
   * interest.
   */
  void abort();

  /** A listener of one link. Calls come one after the other. */
  interface Listener {
    /**
     * Called when a frame arrives.
     *
     * @param next run when it has been dealt with: only then is more read from the network
     */
    void onText(String text, Runnable next);

    /** Called when a ping or a comment arrives. */
    void onAlive();

    /** Called last, when the connection has ended. */
    void onEnd(ConnectionEnd ending);
  }

  /** A factory of links. */
  interface Dialer {
    /** Starts connecting; the outcome is passed to {@code listener}. Does not block. */
    Link dial(Listener listener);
  }
}
