package dev.headway.server.transport.fanout;

import dev.headway.server.socket.Connection.Watcher;
import org.jspecify.annotations.Nullable;

/** One connection's subscription to one topic. Used on the connection's event loop. */
public final class Subscription {
  private final Outlet outlet;
  private final Watcher watcher;
  private final long start;

  /** The table of its audience; null before it begins and after it has ended. */
  private @Nullable CursorTable table;

  /** The index of its cursor, so that leaving does not search. */
  private int index = -1;

  /**
   * @param watcher called on the loop when the subscription has ended by itself
   * @param start the offset after which it begins
   */
  public Subscription(Outlet outlet, Watcher watcher, long start) {
    this.outlet = outlet;
    this.watcher = watcher;
    this.start = start;
  }

  Outlet outlet() {
    return outlet;
  }

  Watcher watcher() {
    return watcher;
  }

  long start() {
    return start;
  }

  int index() {
    return index;
  }

  boolean isIn(CursorTable cursors) {
    return table == cursors;
  }

  void joined(CursorTable cursors, int at) {
    table = cursors;
    index = at;
  }

  void left() {
    table = null;
    index = -1;
  }

  /** Forbids direct writes: bytes wait in the channel's queue, and must not be overtaken. */
  public void blocked() {
    if (table != null) {
      table.socket(index, null);
    }
  }

  /** Returns the time of the last direct write, in the loop's milliseconds; 0 for none. */
  public long sentAt() {
    return table == null ? 0 : table.sentAt(index);
  }
}
