package dev.headway.core.topic;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    /**
     * Every event after the cursor follows.
     *
     * @param missing what comes first: the lines of the work's log that memory does not have, and
     *     what memory has before others that were seen on another node
     * @param offset the offset after which the rest follows
     */
    record Resumed(Cursor cursor, List<Event> missing, long offset) implements Start {
      /** The frames of what comes first, for an audience. */
      public List<Frame> frames(Dialect dialect) {
        return missing.stream()
            .map(event -> event.frame(dialect))
            .filter(Objects::nonNull)
            .toList();
      }
    }

    /** The cursor is not of this log, or there was none: the state, and what happens after it. */
    record Fresh(Snapshot snapshot) implements Start {}
  }

  /** The continuation of a cursor. */
  public sealed interface Since {
    /**
     * The events after the cursor.
     *
     * @param ended whether the topic has ended with them
     */
    record Events(Cursor after, List<Conflation.Kept> events, boolean ended) implements Since {}

    /** The present state: the cursor is not of this log, or there was none. */
    record State(Snapshot snapshot) implements Since {}
  }

  /** The missed lines of the work's log beyond which a watcher is shown the present state. */
  private static final int MOST_LINES = 10_000;

  /**
   * The reports that a cursor may be ahead by: another node has shown them and not yet stored them.
   */
  private static final int MOST_UNSTORED = 10_000;

  private static final System.Logger LOG = System.getLogger(Topic.class.getName());

  private final TopicName name;
  private final String life;
  private final @Nullable StoredLog stored;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock recalling = new ReentrantLock();
  private final EventLog log;
  private final TopicCounts counts;
  private final InstantSource clock;
  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
  private TopicState state;
  private volatile long head;
  private volatile Instant lastUsed;

  /**
   * @param life the first part of its cursors
   * @param stored its stored log; null when its log is this process's alone
   */
  Topic(
      TopicName name,
      String life,
      @Nullable StoredLog stored,
      int capacity,
      TopicState state,
      InstantSource clock,
      TopicCounts counts) {
    this.name = name;
    this.life = life;
    this.stored = stored;
    this.log = new EventLog(capacity, stored == null ? Position.START : state.position());
    this.counts = counts;
    this.state = state;
    this.head = log.head().offset();
    this.clock = clock;
    this.lastUsed = clock.instant();
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
    return locked(() -> state);
  }

  /**
   * Adds an event that leads to {@code next}. Callers make sure that one thread does so at a time.
   */
  Event append(TopicState next, EventBody body, Instant at) {
    Event event;
    lock.lock();
    try {
      var before = log.head();
      event = event(before, after(before, next), at, body);
      log.append(event);
      state = next;
      head = event.offset();
    } finally {
      lock.unlock();
    }
    tell(Listener::appended);
    return event;
  }

  /* Cursors rise even where two nodes have counted the same report. */
  private Position after(Position before, TopicState next) {
    if (stored == null) {
      return before.afterMilestone();
    }
    var position = before.with(next.position());
    return position.equals(before) ? before.afterReport() : position;
  }

  private Event event(Position before, Position position, Instant at, EventBody body) {
    var gap = Event.passedOver(before, position, body);
    return new Event(name, new Cursor(life, position), gap, at, body, counts);
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

  /** Replaces a state likewise, unless another one has taken its place meanwhile. */
  public void renewed(TopicState before, TopicState next) {
    lock.lock();
    try {
      if (state.equals(before)) {
        state = next;
      }
    } finally {
      lock.unlock();
    }
  }

  /** The state and its place in the log, taken together. */
  public Snapshot snapshot() {
    return locked(
        () -> new Snapshot(name, new Cursor(life, log.head()), state.shownAt(clock.instant())));
  }

  /**
   * The start of a watcher with this cursor: all events after it, or the present state. Blocks when
   * memory does not have all of them and the log is stored.
   *
   * @param lines whether the watcher is shown the lines of the work's log
   */
  public Start start(@Nullable Cursor after, boolean lines) {
    var start = begun(after, lines);
    if (after != null) {
      counts.returned(start);
    }
    return start;
  }

  private Start begun(@Nullable Cursor after, boolean lines) {
    if (after == null || !after.life().equals(life)) {
      return new Start.Fresh(snapshot());
    }
    for (var missing = missing(after.position(), lines); ; ) {
      var start = start(after, lines, missing);
      if (start != null) {
        return start;
      }
      missing = missing(after.position(), lines);
    }
  }

  /** A start with the lines that memory lacks; null when by now it lacks more. */
  private @Nullable Start start(Cursor after, boolean lines, List<StoredLog.Entry> missing) {
    return locked(() -> {
      var seen = withinReach(after.position());
      if (!log.covers(seen) || missing.size() > MOST_LINES) {
        return new Start.Fresh(snapshot());
      }
      var known = missing.isEmpty() ? seen.line() : missing.getLast().position().line();
      if (lines && known < log.base().line()) {
        return null;
      }
      var rest = log.after(seen, lines);
      return new Start.Resumed(after, inOrder(seen, missing, rest.first()), rest.offset());
    });
  }

  /* In the order of the log: a line comes after the milestones that were stored before it. */
  private List<Event> inOrder(Position seen, List<StoredLog.Entry> lines, List<Event> others) {
    var events = new ArrayList<Event>(lines.size() + others.size());
    var left = new ArrayDeque<>(others);
    var place = seen;
    for (var line : lines) {
      var number = line.position().line();
      while (!left.isEmpty() && left.getFirst().cursor().position().line() < number) {
        place = add(events, place, left.removeFirst());
      }
      var next = place.withLine(number);
      events.add(event(place, next, line.at(), line.body()));
      place = next;
    }
    for (var other : left) {
      place = add(events, place, other);
    }
    return events;
  }

  /* Cursors never fall, so that whoever goes on from one is sent nothing again. */
  private Position add(List<Event> events, Position place, Event next) {
    var position = place.with(next.cursor().position());
    events.add(event(place, position, next.at(), next.body()));
    return position;
  }

  /** The start of a watcher that is not shown the lines of the work's log. */
  public Start start(@Nullable Cursor after) {
    return start(after, false);
  }

  /**
   * The continuation of a cursor, at one moment: the events after it, oldest first, or the present
   * state where the log does not have them all. Blocks as {@link #start(Cursor, boolean)} does.
   *
   * @param lines whether the lines of the work's log are among them
   * @param limit the number of events at most
   */
  public Since since(@Nullable Cursor after, boolean lines, int limit) {
    return switch (begun(after, lines)) {
      case Start.Fresh(var snapshot) -> new Since.State(snapshot);
      case Start.Resumed(var cursor, var missing, var offset) when !missing.isEmpty() -> {
        var some = missing.subList(0, Math.min(limit, missing.size()));
        yield new Since.Events(cursor, Conflation.none(0, some), false);
      }
      case Start.Resumed(var cursor, _, var offset) -> since(cursor, lines, offset, limit);
    };
  }

  private Since since(Cursor cursor, boolean lines, long offset, int limit) {
    return locked(() -> {
      if (!log.covers(offset, lines)) { // it moved on since
        return new Since.State(snapshot());
      }
      var events = log.after(offset, limit);
      var reached = events.isEmpty() ? offset : events.getLast().offset();
      var kept = Conflation.none(offset, events);
      return new Since.Events(cursor, kept, reached >= head && state.ended());
    });
  }

  /* What a watcher has seen on another node need not have been stored yet. */
  private Position withinReach(Position seen) {
    var present = log.head();
    var ahead = seen.reports() - present.reports();
    return stored != null && ahead > 0 && ahead <= MOST_UNSTORED
        ? seen.withReports(present.reports())
        : seen;
  }

  /** Brings what a watcher lacks into memory; returns the lines that are for it alone. */
  private List<StoredLog.Entry> missing(Position seen, boolean lines) {
    if (stored == null) {
      return List.of();
    }
    if (!locked(() -> log.head().covers(seen))) {
      stored.catchUp(name);
    }
    if (!locked(() -> log.recalled() || seen.covers(log.base()))) {
      recall(stored);
    }
    return lines ? missingLines(stored, seen) : List.of();
  }

  /*
   * One read for all watchers that come at once. The ring may drop a milestone meanwhile; then it is
   * read again.
   */
  private void recall(StoredLog store) {
    recalling.lock();
    try {
      var done = locked(log::recalled);
      while (!done) {
        var base = locked(log::base);
        var entries = store.milestones(state());
        done = locked(() -> recalled(base, entries));
      }
    } finally {
      recalling.unlock();
    }
  }

  /** Puts what was read before the ring; returns false when the ring has moved on meanwhile. */
  private boolean recalled(Position asked, List<StoredLog.Entry> entries) {
    var base = log.base();
    if (base.milestone() != asked.milestone()) {
      return false;
    }
    var events = new ArrayList<Event>(entries.size());
    var before = Position.START;
    for (var entry : entries) {
      var position = before.with(entry.position());
      if (base.covers(position)) {
        events.add(event(before, position, entry.at(), entry.body()));
        before = position;
      }
    }
    if (before.milestone() == base.milestone()) {
      log.recall(events);
    }
    return true;
  }

  private List<StoredLog.Entry> missingLines(StoredLog store, Position seen) {
    var upTo = Math.min(locked(log::base).line(), seen.line() + MOST_LINES + 1);
    return seen.line() >= upTo ? List.of() : store.lines(state(), seen.line(), upTo);
  }

  private <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether everything after {@code offset} is still in the log.
   *
   * @param lines whether the lines of the work's log are part of it
   */
  public boolean covers(long offset, boolean lines) {
    return locked(() -> log.covers(offset, lines));
  }

  /**
   * The events after {@code offset} that the log still has, oldest first, at most {@code limit}.
   */
  public List<Event> after(long offset, int limit) {
    return locked(() -> log.after(offset, limit));
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
