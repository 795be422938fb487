package dev.headway.client.stream;

/** A watch of one or more topics, until it is closed. Thread-safe. */
public interface Watch extends AutoCloseable {
  /** Watches a further topic with the same listener. */
  void add(Interest interest);

  /** Stops watching a topic. */
  void remove(Topic topic);

  /** Requests the cancellation of a topic's job; its events tell the outcome. */
  void cancel(Topic topic);

  /** Stops watching all topics. */
  @Override
  void close();
}
