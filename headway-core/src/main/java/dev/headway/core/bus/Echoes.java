package dev.headway.core.bus;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The times at which this node last heard itself, by partition: the only proof that a link carries
 * messages, since one that is half open reports no error. Safe for use by any thread.
 */
final class Echoes {
  private static final long NEVER = Long.MIN_VALUE;

  private final AtomicLongArray heard;
  private final long patience;
  private final long since;

  /**
   * @param patience nanoseconds that each partition may be silent
   * @param since when the link was opened
   */
  Echoes(int partitions, long patience, long since) {
    this.heard = new AtomicLongArray(partitions);
    this.patience = patience;
    this.since = since;
    for (var at = 0; at < partitions; at++) {
      heard.set(at, NEVER);
    }
  }

  void heard(int partition, long now) {
    if (partition < heard.length()) {
      heard.set(partition, now);
    }
  }

  /** Whether each partition has been heard at least once. */
  boolean complete() {
    for (var at = 0; at < heard.length(); at++) {
      if (heard.get(at) == NEVER) {
        return false;
      }
    }
    return true;
  }

  /** Whether a partition has been silent for too long. */
  boolean silent(long now) {
    for (var at = 0; at < heard.length(); at++) {
      var last = heard.get(at) == NEVER ? since : heard.get(at);
      if (now - last > patience) {
        return true;
      }
    }
    return false;
  }
}
