package dev.headway.core.topic;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a topic's log. Its frames are encoded at most a few times per dialect, on first use,
 * and kept. Safe for use by any thread.
 */
public final class Event {
  private static final System.Logger LOG = System.getLogger(Event.class.getName());

  private final TopicName topic;
  private final Cursor cursor;
  private final long passedOver;
  private final Instant at;
  private final EventBody body;
  private final TopicCounts counts;

  /*
   * Copy-on-write: a topic has one to three dialects. Two threads that race encode twice and one
   * result is dropped, which is cheaper than a lock on the fan-out path.
   */
  private volatile Encoded[] encoded = {};

  private record Encoded(Dialect dialect, @Nullable Frame frame) {}

  /** An event that follows the one before it without a gap. */
  Event(TopicName topic, Cursor cursor, Instant at, EventBody body, TopicCounts counts) {
    this(topic, cursor, 0, at, body, counts);
  }

  /**
   * @param passedOver how much progress the log itself lacks right before it
   * @param counts counts the failures of dialects
   */
  Event(
      TopicName topic,
      Cursor cursor,
      long passedOver,
      Instant at,
      EventBody body,
      TopicCounts counts) {
    this.topic = topic;
    this.cursor = cursor;
    this.passedOver = passedOver;
    this.at = at;
    this.body = body;
    this.counts = counts;
  }

  /** The place right after this event. */
  public Cursor cursor() {
    return cursor;
  }

  /** The progress between a place and an event, itself not counted. */
  static long passedOver(Position before, Position after, EventBody body) {
    var itself = body.conflationKey() == null ? 0 : 1;
    return Math.max(0, after.reports() - before.reports() - itself);
  }

  /** The same event after a place that is not the one right before it. */
  Event following(Position before) {
    var gap = passedOver(before, cursor.position(), body);
    return new Event(topic, cursor, gap, at, body, counts);
  }

  /** How much progress the log itself lacks right before it: it was reported to another node. */
  long passedOver() {
    return passedOver;
  }

  /** The event's place in its log, from 1. */
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
    var frame = encode(dialect, passedOver);
    remember(new Encoded(dialect, frame));
    if (frame != null) {
      counts.encoded(this);
    }
    return frame;
  }

  /** Its frame where {@code conflated} events before it were passed over; mostly not kept. */
  public @Nullable Frame frameAfterGap(Dialect dialect, long conflated) {
    return conflated == passedOver ? frame(dialect) : encode(dialect, conflated);
  }

  private @Nullable Frame encode(Dialect dialect, long conflated) {
    try {
      return conflated == 0 ? dialect.event(this) : dialect.eventAfterGap(this, conflated);
    } catch (RuntimeException failure) {
      counts.notEncoded();
      LOG.log(System.Logger.Level.ERROR, this + " cannot be encoded by " + dialect, failure);
      return dialect.marker(this);
    }
  }

  private void remember(Encoded entry) {
    var before = encoded;
    var after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = entry;
    encoded = after;
  }

  @Override
  public String toString() {
    return "Event[%s %s %s]".formatted(topic, cursor, body.type());
  }
}
