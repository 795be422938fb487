package dev.headway.client.stream;

/**
 * Hears about watched topics. All calls come one after the other. While a call takes its time,
 * nothing more is read from the network, and the server joins what it has to say: be quick if every
 * progress event matters.
 */
public interface WatchListener {
  /**
   * The topic's state, which replaces everything known about it. Comes first, unless the watching
   * began after a cursor that the server still knew.
   */
  void onSnapshot(Snapshot snapshot);

  /** Something happened. */
  void onEvent(Event event);

  /** A topic may not be watched, or does not exist. */
  default void onRefused(Refusal refusal) {}

  /** The connection has changed; what was missed in between follows by itself. */
  default void onConnection(ConnectionState state) {}
}
