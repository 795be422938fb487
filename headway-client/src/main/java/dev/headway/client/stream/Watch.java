package dev.headway.client.stream;

/** Something that is being watched, until it is closed. Thread-safe. */
public interface Watch extends AutoCloseable {
  /** Watches a further topic with the same listener. */
  void add(Interest interest);

  /** Ends the watching of one topic. */
  void remove(Topic topic);

  /** Asks that a watched topic's work stop. Its events tell what comes of it. */
  void cancel(Topic topic);

  /** Ends the watching of all its topics. */
  @Override
  void close();
}
