package dev.headway.server.transport.socket;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timing wheel (Varghese and Lauck, 1987): a ring of slots, one for each tick. An entry
 * stands in the slot of its deadline and is looked at when the wheel has turned there. Adding,
 * moving and removing take the same few steps however many entries there are, and a turn touches
 * only those that are due. An entry whose deadline lies beyond the ring stands at its far end: it
 * is looked at too early, and placed again. A turn allocates nothing. Used by one thread.
 *
 * @param <E> the entries
 */
final class TimingWheel<E extends TimingWheel.Entry<E>> {
  /**
   * The links between the entries of a slot.
   *
   * @param <E> the entries
   */
  abstract static class Entry<E extends Entry<E>> {
    @Nullable E next;
    @Nullable E previous;

    /** The index of its slot; -1 outside of the wheel. */
    int slot = -1;
  }

  private final long origin;
  private final long tickMillis;
  private final List<@Nullable E> slots;

  /** How many ticks have passed since the origin. */
  private long turned;

  private int size;

  /**
   * @param slots how many, a power of two: deadlines further off than that many ticks are looked at
   *     too early
   * @param tickMillis how long a tick is, and so how late a look may be
   * @param now the time of the wheel's beginning, in milliseconds of the clock that all times of
   *     this wheel are of
   */
  TimingWheel(int slots, long tickMillis, long now) {
    this.slots = new ArrayList<@Nullable E>(Collections.<@Nullable E>nCopies(slots, null));
    this.tickMillis = tickMillis;
    this.origin = now;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** All that are in the wheel, in no order. */
  List<E> all() {
    var all = new ArrayList<E>(size);
    for (var first : slots) {
      for (var entry = first; entry != null; entry = entry.next) {
        all.add(entry);
      }
    }
    return all;
  }

  /**
   * Puts something new into the wheel, at the next tick.
   *
   * @param entry not in the wheel
   */
  void add(E entry) {
    link(entry, slot(turned + 1));
    size++;
  }

  /**
   * Takes something out; nothing happens when it is not in the wheel.
   *
   * @return whether it was
   */
  boolean remove(E entry) {
    if (entry.slot < 0) {
      return false;
    }
    unlink(entry);
    size--;
    return true;
  }

  /**
   * Gives something another deadline, earlier or later; nothing happens when it is not in the
   * wheel.
   *
   * @param deadline any time; what has passed is looked at with the next tick
   */
  void move(E entry, long deadline) {
    if (entry.slot >= 0) {
      unlink(entry);
      link(entry, slot(tickOf(deadline)));
    }
  }

  private long tickOf(long deadline) {
    var furthest = turned + slots.size() - 1;
    if (deadline >= origin + furthest * tickMillis) {
      return furthest;
    }
    return Math.max(turned + 1, Math.ceilDiv(deadline - origin, tickMillis));
  }

  /**
   * Turns the wheel to a moment and lets everything be looked at whose tick has come. It stays in
   * the wheel, at its far end, until {@code look} moves or removes it, or anything else.
   */
  void turn(long now, Consumer<E> look) {
    var target = Math.floorDiv(now - origin, tickMillis);
    // After more than a whole turn at once every slot is due, once.
    turned = Math.max(turned, target - slots.size());
    while (turned < target) {
      turned++;
      lookAt(slot(turned), look);
    }
  }

  /* Nothing can come into this slot meanwhile: it is neither the next one nor the furthest. */
  private void lookAt(int slot, Consumer<E> look) {
    for (var entry = slots.get(slot); entry != null; entry = slots.get(slot)) {
      move(entry, Long.MAX_VALUE);
      look.accept(entry);
    }
  }

  private int slot(long tick) {
    return (int) (tick & (slots.size() - 1));
  }

  private void link(E entry, int slot) {
    var first = slots.get(slot);
    entry.slot = slot;
    entry.previous = null;
    entry.next = first;
    if (first != null) {
      first.previous = entry;
    }
    slots.set(slot, entry);
  }

  private void unlink(E entry) {
    var before = entry.previous;
    var after = entry.next;
    if (before == null) {
      slots.set(entry.slot, after);
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    entry.next = null;
    entry.previous = null;
    entry.slot = -1;
  }
}
