package dev.headway.core.job;

import org.jspecify.annotations.Nullable;

/**
 * The leases of a job that have ended.
 *
 * @param lost the number of those that were lost; they do not count as attempts
 * @param last the token of the last one; null before the first
 */
public record PastLeases(int lost, @Nullable String last) {
  /** No lease so far. */
  public static final PastLeases NONE = new PastLeases(0, null);

  /**
   * The number of leases that may be lost before their worker's first sign of life, whatever the
   * job says: it may never have begun. The bound is there for work that ends its worker at once.
   */
  public static final int UNSEEN = 3;

  PastLeases after(@Nullable Lease lease) {
    return lease == null ? this : new PastLeases(lost, lease.token());
  }

  PastLeases afterLoss() {
    return new PastLeases(lost + 1, last);
  }
}
