package dev.headway.client.stream;

/**
 * A listener for watched topics. All calls come one after the other. While a call takes its time,
 * nothing more is read from the network, and the server joins what it has to say: be quick if every
 * progress event matters.
 */
public interface WatchListener {
  /**
   * Called with the topic's state, which replaces the state known before. It comes first, unless
   * the watching began after a cursor that the server still knew.
   */
  void onSnapshot(Snapshot snapshot);

  /** Called for each event. */
  void onEvent(Event event);

  /** Called when a topic may not be watched or does not exist. */
  default void onRefused(Refusal refusal) {}

  /** Called when the connection's state has changed; missed events follow by themselves. */
  default void onConnection(ConnectionState state) {}
}
