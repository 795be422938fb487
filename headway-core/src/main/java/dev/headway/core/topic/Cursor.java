package dev.headway.core.topic;

import java.util.Optional;

/**
 * A watcher's place in a topic's log: which life of the log, and the last event seen. Opaque to
 * clients; epoch and offset are one value, because either alone leads to a wrong resume.
 *
 * @param epoch names one life of the topic in memory; letters and digits
 * @param offset the offset of the last event seen, from 0 (none)
 */
public record Cursor(String epoch, long offset) {
  /** Reads a cursor as clients send it back; empty when it is not one. */
  public static Optional<Cursor> parse(String text) {
    var dash = text.lastIndexOf('-');
    if (dash < 1 || text.length() > 64) {
      return Optional.empty();
    }
    try {
      var offset = Long.parseLong(text.substring(dash + 1));
      return offset < 0
          ? Optional.empty()
          : Optional.of(new Cursor(text.substring(0, dash), offset));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return epoch + "-" + offset;
  }
}
