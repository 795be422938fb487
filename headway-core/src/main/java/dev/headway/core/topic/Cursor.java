package dev.headway.core.topic;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A watcher's place in a topic's log: which life of the log, and what has been seen of it. Opaque
 * to clients; one text, for example {@code k3f9a2-12.340.7}, in which counts at the end that are 0
 * are left out, because any part alone leads to a wrong resume.
 *
 * @param life names one life of the log: that of the installation where the log is stored, and
 *     otherwise that of the topic in one process's memory; letters and digits
 * @param position what has been seen
 */
public record Cursor(String life, Position position) {
  private static final int LONGEST = 64;
  private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
  private static final Pattern SYNTAX =
      Pattern.compile("([0-9A-Za-z]+)-%s(?:\\.%s(?:\\.%s)?)?".formatted(NUMBER, NUMBER, NUMBER));

  /**
   * A cursor of a log that is not stored, after the event of that number; 0 is before the first.
   */
  public Cursor(String life, long number) {
    this(life, new Position(number, 0, 0));
  }

  /** Reads a cursor as clients send it back; empty when it is not one. */
  public static Optional<Cursor> parse(String text) {
    return text.length() > LONGEST
        ? Optional.empty()
        : Optional.of(SYNTAX.matcher(text))
            .filter(Matcher::matches)
            .map(Cursor::read)
            .filter(cursor -> cursor.toString().equals(text)); // each has one spelling
  }

  private static Cursor read(Matcher parts) {
    return new Cursor(
        parts.group(1), new Position(number(parts, 2), number(parts, 3), number(parts, 4)));
  }

  private static long number(Matcher parts, int group) {
    var digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** The offset of the last event seen, from 0 (none). */
  public long offset() {
    return position.offset();
  }

  @Override
  public String toString() {
    var text = life + "-" + position.milestone();
    if (position.line() > 0) {
      return text + "." + position.reports() + "." + position.line();
    }
    return position.reports() > 0 ? text + "." + position.reports() : text;
  }
}
