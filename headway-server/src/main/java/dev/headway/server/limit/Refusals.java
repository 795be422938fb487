package dev.headway.server.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The number of clients turned away since the start, by reason. Thread-safe. */
public final class Refusals {
  private final Map<RefusalReason, LongAdder> counts = new ConcurrentHashMap<>();

  /** Counts one more. */
  public void count(RefusalReason reason) {
    counts.computeIfAbsent(reason, _ -> new LongAdder()).increment();
  }

  /** How many there were for a reason. */
  public long of(RefusalReason reason) {
    var count = counts.get(reason);
    return count == null ? 0 : count.sum();
  }
}
