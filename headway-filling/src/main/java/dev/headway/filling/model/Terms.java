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
 * @param was where it stood in an earlier plan; null where that does not matter
 */
public record Terms(
    @Nullable Instant release,
    @Nullable Instant due,
    int priority,
    List<String> lines,
    Lock lock,
    @Nullable EarlierPlace was) {
  /** The highest priority. */
  public static final int MAX_PRIORITY = 1_000;

  /** No terms: any time, any line. */
  public static final Terms NONE = new Terms(null, null, 1, List.of(), Lock.NONE);

  /**
   * The fixed parts of a lot's place.
   *
   * @param start when filling begins; null where it is open
   * @param after the id of a lot that is filled earlier on the same line; null for none
   * @param clean whether a clean comes right before it; null where it is open
   */
  public record Lock(@Nullable Instant start, @Nullable String after, @Nullable Boolean clean) {
    /** Nothing is fixed. */
    public static final Lock NONE = new Lock(null, null, null);

    /** A lock that leaves the clean open. */
    public Lock(@Nullable Instant start, @Nullable String after) {
      this(start, after, null);
    }
  }

  /**
   * The place of a lot in an earlier plan. It has moved when it is on another line or comes after
   * another lot.
   *
   * @param line the line's name
   * @param after the id of the lot filled before it on the line; null when it was the first
   * @param cost microseconds that moving it is worth
   */
  public record EarlierPlace(String line, @Nullable String after, long cost) {}

  /** Terms of a lot that has no place in an earlier plan. */
  public Terms(
      @Nullable Instant release,
      @Nullable Instant due,
      int priority,
      List<String> lines,
      Lock lock) {
    this(release, due, priority, lines, lock, null);
  }

  /** The same, with the filling locked to a moment; null to leave that open. */
  public Terms withLockedStart(@Nullable Instant start) {
    var other = new Lock(start, lock.after(), lock.clean());
    return new Terms(release, due, priority, lines, other, was);
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
    return release != null || due != null || !lock.equals(Lock.NONE) || was != null;
  }
}
