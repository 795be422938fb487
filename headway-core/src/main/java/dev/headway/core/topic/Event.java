package dev.headway.core.topic;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a topic's log. Its frames are encoded at most a few times per dialect, on first use,
 * and kept. Safe for use by any thread.
 */
public final class Event {
  private static final System.Logger LOG = System.getLogger(Event.class.getName());

  private final TopicName topic;
  private final Cursor cursor;
  private final Instant at;
  private final EventBody body;
  private final LongAdder unencodable;

  /*
   * Copy-on-write: a topic has one to three dialects. Two threads that race encode twice and one
   * result is dropped, which is cheaper than a lock on the fan-out path.
   */
  private volatile Encoded[] encoded = {};

  private record Encoded(Dialect dialect, @Nullable Frame frame) {}

  /**
   * @param unencodable counts events for which a dialect had no frame but failed
   */
  Event(TopicName topic, Cursor cursor, Instant at, EventBody body, LongAdder unencodable) {
    this.topic = topic;
    this.cursor = cursor;
    this.at = at;
    this.body = body;
    this.unencodable = unencodable;
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

  /**
   * Its frame in a dialect, encoded on first use; null when that audience is not told. A dialect
   * that fails gives a {@linkplain Dialect#marker marker} instead.
   */
  public @Nullable Frame frame(Dialect dialect) {
    for (var entry : encoded) {
      if (entry.dialect().equals(dialect)) {
        return entry.frame();
      }
    }
    var frame = encode(dialect, 0);
    remember(new Encoded(dialect, frame));
    return frame;
  }

  /** Its frame where {@code conflated} events before it were passed over; not kept. */
  public @Nullable Frame frameAfterGap(Dialect dialect, long conflated) {
    return encode(dialect, conflated);
  }

  private @Nullable Frame encode(Dialect dialect, long conflated) {
    try {
      return conflated == 0 ? dialect.event(this) : dialect.eventAfterGap(this, conflated);
    } catch (RuntimeException failure) {
      unencodable.increment();
      LOG.log(System.Logger.Level.ERROR, this + " cannot be encoded by " + dialect, failure);
      return dialect.marker(this);
    }
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
