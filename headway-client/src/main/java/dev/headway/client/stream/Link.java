package dev.headway.client.stream;

/** A connection that carries frames of the native stream. Thread-safe. */
interface Link {
  /** Sends a frame; a failure shows as the link's end. */
  void send(String text);

  /** Ends it without waiting for the other side. Its listener hears nothing more of interest. */
  void abort();

  /** What happens on a link. Calls come one after the other. */
  interface Listener {
    /**
     * A frame came.
     *
     * @param next run when it has been dealt with: only then is more read from the network
     */
    void onText(String text, Runnable next);

    /** Something came that is no frame but shows that the other side is there. */
    void onAlive();

    /** It is over. The last call. */
    void onEnd(Ending ending);
  }

  /** Makes links. */
  interface Dialer {
    /** Begins to connect; what comes of it is told to {@code listener}. Does not block. */
    Link dial(Listener listener);
  }
}
