package dev.headway.spc.live;

/**
 * The newest numbers of a characteristic at a moment, which tell a returning watcher what it lacks.
 *
 * @param sample the highest number of its samples, or 0
 * @param violation the highest number of its violations, or 0
 * @param change the highest number of its entries of the audit trail, or 0
 */
public record Seen(long sample, long violation, long change) {
  Seen withSample(long id) {
    return new Seen(Math.max(sample, id), violation, change);
  }

  Seen withViolation(long id) {
    return new Seen(sample, Math.max(violation, id), change);
  }

  Seen withChange(long id) {
    return new Seen(sample, violation, Math.max(change, id));
  }
}
