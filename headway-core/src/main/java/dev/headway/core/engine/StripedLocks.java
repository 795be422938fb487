package dev.headway.core.engine;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Locks by key: the same key always gets the same lock, different keys mostly different ones. */
final class StripedLocks {
  private static final int STRIPES = 1_024;

  private final ReentrantLock[] locks =
      IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  ReentrantLock of(Object key) {
    var hash = key.hashCode();
    return locks[(hash ^ hash >>> 16) & STRIPES - 1];
  }
}
