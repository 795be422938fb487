package dev.headway.core.topic;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The counts of what happened in all topics of a hub since the start, and the listener to its
 * frames. Thread-safe.
 */
public final class TopicCounts {
  private volatile @Nullable Consumer<Event> encoded;
  private final LongAdder recovered = new LongAdder();
  private final LongAdder startedAnew = new LongAdder();
  private final LongAdder unencodable = new LongAdder();

  /** Counts the start of a watcher that came with a cursor. */
  void returned(Topic.Start start) {
    switch (start) {
      case Topic.Start.Resumed _ -> recovered.increment();
      case Topic.Start.Fresh _ -> startedAnew.increment();
    }
  }

  /**
   * Listens to the events whose frames are made, once for each dialect. The listener is called on
   * the frame's way to the socket: it must be quick and never block.
   */
  public void onEncoded(Consumer<Event> listener) {
    encoded = listener;
  }

  /** Tells of an event whose frame was made. */
  void encoded(Event event) {
    var listener = encoded;
    if (listener != null) {
      listener.accept(event);
    }
  }

  /** Counts an event that a dialect failed to encode. */
  void notEncoded() {
    unencodable.increment();
  }

  /** The number of watchers that came with a cursor and were sent every event after it. */
  public long recovered() {
    return recovered.sum();
  }

  /** The number of watchers that came with a cursor and were shown the present state. */
  public long startedAnew() {
    return startedAnew.sum();
  }

  /** The number of events that a dialect failed to encode. */
  public long unencodable() {
    return unencodable.sum();
  }
}
