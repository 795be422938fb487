package dev.headway.server.transport.fanout;

import io.netty.channel.unix.Socket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of an audience in parallel arrays. A pass reads them from end to beginning: after
 * every write the kernel has left little of ours in the processor's caches (docs/benchmarks.md), so
 * a delivery must not touch an object per subscription. Used on one event loop.
 */
final class CursorTable {
  private long[] offsets = new long[1];
  private long[] sentAt = new long[1];

  /** The sockets of connections with an empty queue; null for all others. */
  private @Nullable Socket[] sockets = new @Nullable Socket[1];

  private int size;

  int size() {
    return size;
  }

  /** Adds a cursor and returns its index. */
  int add(long offset) {
    if (size == offsets.length) {
      grow();
    }
    offsets[size] = offset;
    sentAt[size] = 0;
    sockets[size] = null;
    return size++;
  }

  private void grow() {
    offsets = Arrays.copyOf(offsets, size * 2);
    sentAt = Arrays.copyOf(sentAt, size * 2);
    sockets = Arrays.copyOf(sockets, size * 2);
  }

  /** Removes a cursor; the last one takes its index. */
  void remove(int at) {
    size--;
    offsets[at] = offsets[size];
    sentAt[at] = sentAt[size];
    sockets[at] = sockets[size];
    sockets[size] = null;
  }

  /** Returns the offset up to which events were sent. */
  long offset(int at) {
    return offsets[at];
  }

  void moveTo(int at, long offset) {
    offsets[at] = offset;
  }

  /** Returns the time of the last direct write, in the loop's milliseconds; 0 before the first. */
  long sentAt(int at) {
    return sentAt[at];
  }

  void sent(int at, long now) {
    sentAt[at] = now;
  }

  /** Returns the socket for a direct write; null while bytes wait in the channel's queue. */
  @Nullable Socket socket(int at) {
    return sockets[at];
  }

  void socket(int at, @Nullable Socket socket) {
    sockets[at] = socket;
  }
}
