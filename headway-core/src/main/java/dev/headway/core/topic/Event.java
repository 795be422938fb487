package dev.headway.core.topic;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a topic's log. Its frames are encoded at most a few times per dialect, on first use,
 * and kept. Safe for use by any thread.
 */
public final class Event {
  private final TopicName topic;
  private final Cursor cursor;
  private final Instant at;
  private final EventBody body;

  /*
   * Copy-on-write: a topic has one to three dialects. Two threads that race encode twice and one
   * result is dropped, which is cheaper than a lock on the fan-out path.
   */
  private volatile Encoded[] encoded = {};

  private record Encoded(Dialect dialect, @Nullable Frame frame) {}

  Event(TopicName topic, Cursor cursor, Instant at, EventBody body) {
    this.topic = topic;
    this.cursor = cursor;
    this.at = at;
    this.body = body;
  }

  /** The place right after this event. */
  public Cursor cursor() {
    return cursor;
  }

  /** The event's number within its epoch, from 1. */
  public long offset() {
    return cursor.offset();
  }

  /** The time of the event. */
  public Instant at() {
    return at;
  }

  /** The content. */
  public EventBody body() {
    return body;
  }

  /** Its frame in a dialect, encoded on first use; null when that audience is not told. */
  public @Nullable Frame frame(Dialect dialect) {
    for (var entry : encoded) {
      if (entry.dialect().equals(dialect)) {
        return entry.frame();
      }
    }
    var frame = dialect.event(this);
    remember(new Encoded(dialect, frame));
    return frame;
  }

  private void remember(Encoded entry) {
    var before = encoded;
    var after = java.util.Arrays.copyOf(before, before.length + 1);
    after[before.length] = entry;
    encoded = after;
  }

  @Override
  public String toString() {
    return "Event[%s %s %s]".formatted(topic, cursor, body.type());
  }
}
