package dev.headway.server.limit;

import java.util.HashMap;
import java.util.Map;

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
  private final Map<K, Long> held = new HashMap<>(); // with the sum guarded by this
  private long total;

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
   * Takes an amount for a holder, or nothing at all. Under a lock, so that one that is being
   * refused costs nobody else anything, not even for a moment.
   *
   * @param elsewhere what counts against the holder's bound besides
   */
  public synchronized Grant take(K holder, long amount, long elsewhere) {
    var own = held.getOrDefault(holder, 0L);
    if (total + amount > all) {
      return Grant.ALL_FULL;
    }
    if (own + elsewhere + amount > each) {
      return Grant.OWN_SHARE_FULL;
    }
    total += amount;
    held.put(holder, own + amount);
    return Grant.GIVEN;
  }

  /** Takes an amount that is no holder's; false when all together have too much. */
  public synchronized boolean take(long amount) {
    if (total + amount > all) {
      return false;
    }
    total += amount;
    return true;
  }

  /** Gives an amount back that was taken. */
  public synchronized void release(K holder, long amount) {
    total -= amount;
    held.computeIfPresent(
        holder, (_, before) -> before > amount ? Long.valueOf(before - amount) : null);
  }

  /** Gives an amount back that was no holder's. */
  public synchronized void release(long amount) {
    total -= amount;
  }

  /** The sum of all amounts. */
  public synchronized long total() {
    return total;
  }

  /** The present amounts by holder. */
  public synchronized Map<K, Long> held() {
    return Map.copyOf(held);
  }
}
