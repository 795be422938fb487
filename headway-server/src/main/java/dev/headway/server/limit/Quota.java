package dev.headway.server.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Amounts that are held at a time, bounded in all and for each holder. Thread-safe.
 *
 * @param <K> the holders
 */
public final class Quota<K> {
  /** The answer to a holder that wants more. */
  public enum Grant {
    /** It has it, and has to give it back. */
    GIVEN,
    /** The holder itself has too much. */
    OWN_SHARE_FULL,
    /** All together have too much. */
    ALL_FULL
  }

  private final long all;
  private final long each;
  private final AtomicLong total = new AtomicLong();
  private final ConcurrentHashMap<K, Long> held = new ConcurrentHashMap<>();

  /** Bounds of the sum and of one holder's amount. */
  public Quota(long all, long each) {
    this.all = all;
    this.each = each;
  }

  /** Bounds of one holder's amount alone. */
  public Quota(long each) {
    this(Long.MAX_VALUE, each);
  }

  /** Takes an amount for a holder, or nothing at all. */
  public Grant take(K holder, long amount) {
    return take(holder, amount, 0);
  }

  /**
   * Takes an amount for a holder, or nothing at all.
   *
   * @param elsewhere what counts against the holder's bound besides
   */
  public Grant take(K holder, long amount, long elsewhere) {
    if (total.addAndGet(amount) > all) {
      total.addAndGet(-amount);
      return Grant.ALL_FULL;
    }
    var given = new boolean[1];
    held.compute(
        holder,
        (_, before) -> {
          var present = before == null ? 0 : before;
          given[0] = present + elsewhere + amount <= each;
          return given[0] ? Long.valueOf(present + amount) : before;
        });
    if (!given[0]) {
      total.addAndGet(-amount);
    }
    return given[0] ? Grant.GIVEN : Grant.OWN_SHARE_FULL;
  }

  /** Gives an amount back that was taken. */
  public void release(K holder, long amount) {
    total.addAndGet(-amount);
    held.computeIfPresent(
        holder, (_, before) -> before > amount ? Long.valueOf(before - amount) : null);
  }

  /** The sum of all amounts. */
  public long total() {
    return total.get();
  }

  /** The present amounts by holder. */
  public Map<K, Long> held() {
    return Map.copyOf(held);
  }
}
