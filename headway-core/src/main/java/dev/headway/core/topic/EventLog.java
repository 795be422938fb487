package dev.headway.core.topic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bounded run of a topic's newest events: a ring that grows from small to its capacity and then
 * drops the oldest. Not thread-safe: the topic's lock guards it.
 */
final class EventLog {
  private static final int INITIAL = 8;

  private final int capacity;
  private @Nullable Event[] ring;
  private long head;
  private int size;

  /**
   * @param capacity how many events are kept at most, at least 1
   */
  EventLog(int capacity) {
    this.capacity = Math.max(1, capacity);
    this.ring = new @Nullable Event[Math.min(INITIAL, this.capacity)];
  }

  /** The offset of the newest event; 0 before the first. */
  long head() {
    return head;
  }

  /** Whether everything after {@code offset} is still here. */
  boolean covers(long offset) {
    return offset >= head - size && offset <= head;
  }

  void append(Event event) {
    if (size == ring.length && size < capacity) {
      grow();
    }
    head = event.offset();
    ring[slot(head)] = event;
    size = Math.min(size + 1, ring.length);
  }

  /** The events after {@code offset}, oldest first, at most {@code limit}. */
  List<Event> after(long offset, int limit) {
    var first = Math.max(offset, head - size) + 1;
    var last = Math.min(head, first + limit - 1);
    var events = new ArrayList<Event>((int) Math.max(0, last - first + 1));
    for (var at = first; at <= last; at++) {
      var event = ring[slot(at)];
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }

  private int slot(long offset) {
    return (int) (offset % ring.length);
  }

  private void grow() {
    var old = after(head - size, size);
    ring = Arrays.copyOf(new @Nullable Event[0], Math.min(capacity, ring.length * 2));
    old.forEach(event -> ring[slot(event.offset())] = event);
  }
}
