package dev.headway.core.topic;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A topic: the present state of something that can be watched, and the log of its events. One
 * writer at a time appends; any number of watchers read from their cursors. Safe for use by any
 * thread.
 *
 * <p>Listeners are told after the topic's lock is free; they look at {@link #head()} and read what
 * their watchers lack. Nothing here waits for a watcher.
 */
public final class Topic {
  /** A listener to a topic, called by the writer's thread: must be quick and never block. */
  public interface Listener {
    /** There are events after the last one seen. */
    void appended();

    /** The subject of the topic was deleted; no event will follow. */
    void removed();
  }

  /** The start of a watcher. */
  public sealed interface Start {
    /** Every event after the cursor follows. */
    record Resumed(Cursor cursor) implements Start {}

    /** The cursor is not covered, or there was none: the state, and what happens after it. */
    record Fresh(Snapshot snapshot) implements Start {}
  }

  /** The continuation of a cursor. */
  public sealed interface Since {
    /**
     * The events after the cursor.
     *
     * @param ended whether the topic has ended with them
     */
    record Events(Cursor after, List<Event> events, boolean ended) implements Since {}

    /** The present state: the cursor is not covered, or there was none. */
    record State(Snapshot snapshot) implements Since {}
  }

  private static final System.Logger LOG = System.getLogger(Topic.class.getName());

  private final TopicName name;
  private final String epoch;
  private final ReentrantLock lock = new ReentrantLock();
  private final EventLog log;
  private final LongAdder unencodable;
  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
  private TopicState state;
  private volatile long head;
  private volatile Instant lastUsed;

  Topic(
      TopicName name,
      String epoch,
      int capacity,
      TopicState state,
      Instant now,
      LongAdder unencodable) {
    this.name = name;
    this.epoch = epoch;
    this.log = new EventLog(capacity);
    this.unencodable = unencodable;
    this.state = state;
    this.lastUsed = now;
  }

  /** Its own name; others may lead here, too. */
  public TopicName name() {
    return name;
  }

  /** The offset of the newest event. */
  public long head() {
    return head;
  }

  /** The present state. */
  public TopicState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds an event that leads to {@code next}. Callers make sure that one thread does so at a time.
   */
  Event append(TopicState next, EventBody body, Instant at) {
    Event event;
    lock.lock();
    try {
      event = new Event(name, new Cursor(epoch, head + 1), at, body, unencodable);
      log.append(event);
      state = next;
      head = event.offset();
    } finally {
      lock.unlock();
    }
    tell(Listener::appended);
    return event;
  }

  /** One listener's failure is its own: the writer and the other listeners go on. */
  private void tell(Consumer<Listener> call) {
    for (var listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, "A listener of " + name + " failed", failure);
      }
    }
  }

  /** Replaces the state by one that no watcher can tell from it. */
  public void renewed(TopicState next) {
    lock.lock();
    try {
      state = next;
    } finally {
      lock.unlock();
    }
  }

  /** The state and its place in the log, taken together. */
  public Snapshot snapshot() {
    lock.lock();
    try {
      return new Snapshot(name, new Cursor(epoch, head), state);
    } finally {
      lock.unlock();
    }
  }

  /** The start of a watcher with this cursor: all events after it, or the present state. */
  public Start start(@Nullable Cursor after) {
    lock.lock();
    try {
      if (after != null && after.epoch().equals(epoch) && log.covers(after.offset())) {
        return new Start.Resumed(after);
      }
      return new Start.Fresh(new Snapshot(name, new Cursor(epoch, head), state));
    } finally {
      lock.unlock();
    }
  }

  /**
   * The continuation of a cursor, at one moment: the events after it, oldest first, or the present
   * state where the log does not have them all.
   *
   * @param limit the number of events at most
   */
  public Since since(@Nullable Cursor after, int limit) {
    lock.lock();
    try {
      return switch (start(after)) {
        case Start.Fresh(var snapshot) -> new Since.State(snapshot);
        case Start.Resumed(var cursor) -> {
          var events = log.after(cursor.offset(), limit);
          var all = cursor.offset() + events.size() == head;
          yield new Since.Events(cursor, events, all && state.ended());
        }
      };
    } finally {
      lock.unlock();
    }
  }

  /** Whether everything after {@code offset} is still in the log. */
  public boolean covers(long offset) {
    lock.lock();
    try {
      return log.covers(offset);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The events after {@code offset} that the log still has, oldest first, at most {@code limit}.
   */
  public List<Event> after(long offset, int limit) {
    lock.lock();
    try {
      return log.after(offset, limit);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a listener, which is called for events that are appended from now on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Removes a listener and starts the topic's idle time. */
  public void unlisten(Listener listener, Instant now) {
    listeners.remove(listener);
    lastUsed = now;
  }

  void removed() {
    tell(Listener::removed);
  }

  /**
   * Puts off the end of the topic's idle time, so that who has just found it can begin to listen.
   */
  void used(Instant now) {
    lastUsed = now;
  }

  /** Whether it has listeners. */
  public boolean watched() {
    return !listeners.isEmpty();
  }

  boolean idleSince(Instant moment) {
    return listeners.isEmpty() && lastUsed.isBefore(moment);
  }

  @Override
  public String toString() {
    return "Topic[%s at %d]".formatted(name, head);
  }
}
