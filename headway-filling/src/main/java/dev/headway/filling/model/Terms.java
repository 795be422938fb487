package dev.headway.filling.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a lot: when and where it may be filled, and how much it costs to be late.
 *
 * @param release before which filling must not begin; null for none
 * @param due by which filling should have ended; null for none
 * @param priority the weight of an hour of tardiness, 0 to {@value #MAX_PRIORITY}
 * @param lines names of the only lines that it may run on; empty for all
 * @param lock what about its place is fixed
 */
public record Terms(
    @Nullable Instant release, @Nullable Instant due, int priority, List<String> lines, Lock lock) {
  /** The highest priority. */
  public static final int MAX_PRIORITY = 1_000;

  /** No terms: any time, any line. */
  public static final Terms NONE = new Terms(null, null, 1, List.of(), Lock.NONE);

  /**
   * A fixed part of a lot's place.
   *
   * @param start when filling begins; null where it is open
   * @param after the id of a lot that is filled earlier on the same line; null for none
   */
  public record Lock(@Nullable Instant start, @Nullable String after) {
    /** Nothing is fixed. */
    public static final Lock NONE = new Lock(null, null);
  }

  /** Takes a copy. */
  public Terms {
    lines = List.copyOf(lines);
  }

  /** Whether the lot may run on the line of a name. */
  public boolean allows(String line) {
    return lines.isEmpty() || lines.contains(line);
  }

  /** Whether they say something about time or order, so that a plan is more than its lengths. */
  boolean timed() {
    return release != null || due != null || lock.start() != null || lock.after() != null;
  }
}
