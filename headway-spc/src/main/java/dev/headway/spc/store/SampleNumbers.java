package dev.headway.spc.store;

import dev.headway.store.Database;

/**
 * Numbers samples. Blocks of numbers are reserved in the database, so that none is given twice,
 * neither after a crash nor after samples were deleted; a crash leaves a gap. Safe for use by any
 * thread.
 */
public final class SampleNumbers {
  private static final int BLOCK = 10_000;

  private final Database database;
  private long next;
  private long end;

  /** Numbers that {@code database} has not given yet. */
  public SampleNumbers(Database database) {
    this.database = database;
  }

  /**
   * The first of {@code count} successive numbers; higher than all that were given before here, and
   * than {@code above}, which another node may have given.
   */
  public synchronized long take(int count, long above) {
    if (next + count > end || next <= above) {
      var reserved = Math.max(count, BLOCK);
      next = reserve(reserved);
      end = next + reserved;
    }
    var first = next;
    next += count;
    return first;
  }

  private long reserve(int count) {
    return database.write(handle ->
        handle
            .createQuery(
                "UPDATE spc_sample_number SET next = next + :count RETURNING next - :count AS"
                    + " first")
            .bind("count", count)
            .mapTo(long.class)
            .one());
  }
}
