package dev.headway.core.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The bounded run of a topic's newest events: a ring that grows from small to its capacity and then
 * drops the oldest. Before it stand, once a watcher has asked for them, the milestones that the
 * ring does not have. Offsets rise, and have gaps where another node took reports. Not thread-safe:
 * the topic's lock guards it.
 */
final class EventLog {
  private static final int INITIAL = 8;

  private final int capacity;
  private @Nullable Event[] ring;
  private int first;
  private int size;

  /** The place right before the oldest event of the ring. */
  private Position base;

  private Position head;

  /** The milestones up to the base; null until they were read. */
  private @Nullable List<Event> earlier;

  /**
   * @param capacity how many events are kept at most, at least 1
   * @param start the place before the first event
   */
  EventLog(int capacity, Position start) {
    this.capacity = Math.max(1, capacity);
    this.ring = new @Nullable Event[Math.min(INITIAL, this.capacity)];
    this.base = start;
    this.head = start;
  }

  /** The place after the newest event. */
  Position head() {
    return head;
  }

  /** The place right before the oldest event of the ring. */
  Position base() {
    return base;
  }

  /**
   * Whether everything after {@code offset} is still here.
   *
   * @param lines whether lines are part of it: those before the ring are not here
   */
  boolean covers(long offset, boolean lines) {
    return offset >= begin(lines) && offset <= head.offset();
  }

  /**
   * Whether all that somebody lacks who has seen everything up to {@code seen} is still here. Nodes
   * count reports differently for a while, so they decide nothing between two milestones.
   */
  boolean covers(Position seen) {
    var reaches = seen.milestone() >= base.milestone() && seen.line() >= base.line();
    return head.covers(seen) && (earlier != null || reaches);
  }

  private long begin(boolean lines) {
    return inRingAlone(lines) ? base.offset() : 0;
  }

  private boolean inRingAlone(boolean lines) {
    return earlier == null || (lines && base.line() > 0);
  }

  void append(Event event) {
    if (size == capacity) {
      dropOldest();
    } else if (size == ring.length) {
      grow();
    }
    ring[(first + size) % ring.length] = event;
    size++;
    head = event.cursor().position();
    if (size == 1) {
      joinEarlier();
    }
  }

  private void dropOldest() {
    var oldest = at(first);
    var position = oldest.cursor().position();
    if (earlier != null && position.milestone() > base.milestone()) {
      earlier.add(oldest.following(end(earlier)));
    }
    ring[first] = null;
    first = (first + 1) % ring.length;
    size--;
    base = position;
    joinEarlier();
  }

  /* The oldest event of the ring follows the last milestone before it: what is between is missing. */
  private void joinEarlier() {
    if (earlier != null && size > 0) {
      ring[first] = at(first).following(end(earlier));
    }
  }

  private static Position end(List<Event> events) {
    return events.isEmpty() ? Position.START : events.getLast().cursor().position();
  }

  private void grow() {
    var larger = new @Nullable Event[Math.min(capacity, ring.length * 2)];
    for (var index = 0; index < size; index++) {
      larger[index] = at((first + index) % ring.length);
    }
    ring = larger;
    first = 0;
  }

  /** Puts the milestones up to the base before the ring. */
  void recall(List<Event> milestones) {
    earlier = new ArrayList<>(milestones);
    joinEarlier();
  }

  /** Whether the milestones up to the base are here. */
  boolean recalled() {
    return earlier != null;
  }

  /** The events after {@code offset}, oldest first, at most {@code limit}. */
  List<Event> after(long offset, int limit) {
    var from = leading(index -> event(index).offset() <= offset);
    var until = (int) Math.min(count(), (long) from + limit);
    var events = new ArrayList<Event>(until - from);
    for (var index = from; index < until; index++) {
      events.add(event(index));
    }
    return events;
  }

  /**
   * The events after a place.
   *
   * @param first the events that this log has before others that were seen: nodes learn of a report
   *     and of a line in different orders
   * @param offset the offset after which everything else follows
   */
  record Rest(List<Event> first, long offset) {}

  /**
   * The events that a watcher lacks who has seen all up to {@code seen}.
   *
   * @param lines whether lines are among it; then all that stands before the ring comes first, if
   *     there are lines between
   */
  Rest after(Position seen, boolean lines) {
    var next = next(seen, lines);
    var first = new ArrayList<Event>();
    var ceiling = lines ? seen : seen.withLine(Long.MAX_VALUE);
    for (var index = next - 1; index >= 0 && !ceiling.covers(position(index)); index--) {
      if (!isSeen(index, ceiling)) {
        first.addFirst(event(index));
      }
    }
    var reached = first.isEmpty() ? seen : position(next - 1);
    return new Rest(first, Math.max(begin(lines), offset(next, reached)));
  }

  /* The first event that comes after all that was seen. */
  private int next(Position seen, boolean lines) {
    var least = inRingAlone(lines) ? count() - size : 0;
    var floor = lines ? seen : seen.withLine(0);
    var next = count();
    while (next > least && follows(next - 1, floor, lines)) {
      next--;
    }
    while (!lines && next < count() && isLine(next)) {
      next++; // so that a reader of few events at a time gets on
    }
    var holds = next > least || offset(next, seen.with(before(next))) >= begin(lines);
    return holds ? next : next + 1; // so that it says how much was passed over before the ring
  }

  /* Whether an event comes after all that was seen; without lines, a line decides nothing. */
  private boolean follows(int index, Position floor, boolean lines) {
    return position(index).covers(floor) && ((!lines && isLine(index)) || !isSeen(index, floor));
  }

  /* As far before the next event as progress is passed over, for those who count it. */
  private long offset(int next, Position reached) {
    if (next == count()) {
      return head.offset();
    }
    var event = event(next);
    var gap = Event.passedOver(reached, position(next), event.body());
    return Math.max(next == 0 ? 0 : event(next - 1).offset(), event.offset() - 1 - gap);
  }

  /*
   * A milestone is known by its number alone: another node may have shown it after fewer reports.
   */
  private boolean isSeen(int index, Position seen) {
    var position = position(index);
    if (isMilestone(index)) {
      return position.milestone() <= seen.milestone();
    }
    if (isLine(index)) {
      return position.line() <= seen.line();
    }
    return position.milestone() < seen.milestone()
        || (position.milestone() == seen.milestone() && position.reports() <= seen.reports());
  }

  private boolean isMilestone(int index) {
    return before(index).milestone() < position(index).milestone();
  }

  private boolean isLine(int index) {
    return !isMilestone(index) && event(index).body().conflationKey() == null;
  }

  private Position position(int index) {
    return event(index).cursor().position();
  }

  private Position before(int index) {
    if (index > 0) {
      return event(index - 1).cursor().position();
    }
    return earlier == null ? base : Position.START;
  }

  /* How many events pass a test that all events pass up to a place, and none after it. */
  private int leading(IntPredicate test) {
    var low = 0;
    var high = count();
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (test.test(middle)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int count() {
    return (earlier == null ? 0 : earlier.size()) + size;
  }

  private Event event(int index) {
    var before = earlier == null ? 0 : earlier.size();
    return earlier != null && index < before
        ? earlier.get(index)
        : at((first + index - before) % ring.length);
  }

  private Event at(int slot) {
    return Objects.requireNonNull(ring[slot], "a slot in use has an event");
  }
}
