package dev.headway.core.topic;

/**
 * A place in a topic's log, in counts of what has happened so far. No count ever falls, so of two
 * places in one log the later covers the earlier one.
 *
 * @param milestone the number of the last milestone; in a topic whose log is not stored, the number
 *     of the last event
 * @param reports how much progress was reported
 * @param line the number of the last line of the log that the work writes
 */
public record Position(long milestone, long reports, long line) {
  /** Before everything. */
  public static final Position START = new Position(0, 0, 0);

  /** The offset in the log: each event adds one to one of the counts. */
  public long offset() {
    return milestone + reports + line;
  }

  /** Whether nothing up to {@code other} lies after this place. */
  public boolean covers(Position other) {
    return milestone >= other.milestone && reports >= other.reports && line >= other.line;
  }

  /** The first place that covers this one and another. */
  public Position with(Position other) {
    return new Position(
        Math.max(milestone, other.milestone),
        Math.max(reports, other.reports),
        Math.max(line, other.line));
  }

  /** The place after one more milestone. */
  public Position afterMilestone() {
    return new Position(milestone + 1, reports, line);
  }

  /** The place after one more report. */
  public Position afterReport() {
    return new Position(milestone, reports + 1, line);
  }

  /** The same place with another count of reports. */
  public Position withReports(long count) {
    return new Position(milestone, count, line);
  }

  /** The same place with another last line. */
  public Position withLine(long number) {
    return new Position(milestone, reports, number);
  }
}
