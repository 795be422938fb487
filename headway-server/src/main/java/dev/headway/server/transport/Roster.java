package dev.headway.server.transport;

import io.netty.channel.unix.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Followers side by side: what a pass must know of each is in arrays that it reads from end to
 * beginning, because after every write the kernel has left little of ours in the processor's caches
 * (docs/benchmarks.md). Used on one event loop.
 */
final class Roster {
  private @Nullable LiveFollowing[] followings = new @Nullable LiveFollowing[1];
  private long[] positions = new long[1];
  private long[] sentAt = new long[1];

  /** The sockets of those in whose channel nothing waits; null for all others. */
  private @Nullable Socket[] free = new @Nullable Socket[1];

  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  LiveFollowing get(int at) {
    return Objects.requireNonNull(followings[at]);
  }

  List<LiveFollowing> all() {
    return IntStream.range(0, size).mapToObj(this::get).toList();
  }

  /** Adds a follower and returns its place. */
  int add(LiveFollowing following, long position) {
    if (size == followings.length) {
      grow();
    }
    followings[size] = following;
    positions[size] = position;
    sentAt[size] = 0;
    free[size] = null;
    return size++;
  }

  private void grow() {
    followings = Arrays.copyOf(followings, size * 2);
    positions = Arrays.copyOf(positions, size * 2);
    sentAt = Arrays.copyOf(sentAt, size * 2);
    free = Arrays.copyOf(free, size * 2);
  }

  /** Removes the follower at a place; the last one takes it, unless it was that. */
  @Nullable LiveFollowing remove(int at) {
    size--;
    followings[at] = followings[size];
    positions[at] = positions[size];
    sentAt[at] = sentAt[size];
    free[at] = free[size];
    followings[size] = null;
    free[size] = null;
    return at == size ? null : followings[at];
  }

  /** The offset that a follower has reached. */
  long position(int at) {
    return positions[at];
  }

  /** A follower has been sent what leads to an offset. */
  void reached(int at, long offset) {
    positions[at] = offset;
  }

  /** When a follower was last sent something by {@link #noteSent}, in the loop's milliseconds. */
  long sentAt(int at) {
    return sentAt[at];
  }

  void noteSent(int at, long now) {
    sentAt[at] = now;
  }

  /** Where a follower is written to past its channel; null when that is not free. */
  @Nullable Socket free(int at) {
    return free[at];
  }

  void free(int at, @Nullable Socket socket) {
    free[at] = socket;
  }
}
