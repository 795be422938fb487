package dev.headway.spc.app;

import dev.headway.core.topic.Cursor;
import java.util.Optional;

/**
 * A watcher's place in a characteristic's series: a cursor of the topic's log, and the newest
 * sample seen. The log answers for as long as it lives and reaches back; afterwards, also when the
 * server was started anew, the samples after the newest one seen come from the store.
 *
 * @param log the place in the log
 * @param sample the newest sample seen, from 0 (none)
 */
record SpcCursor(Cursor log, long sample) {
  private static final char SEPARATOR = 'S'; // epochs have lower-case letters and digits only
  private static final String NO_LOG = "0";

  /** The place after a sample that comes from the store. */
  static SpcCursor after(long sample) {
    return new SpcCursor(new Cursor(NO_LOG, 0), sample);
  }

  /** Reads a cursor as clients send it back; empty when it is not one. */
  static Optional<SpcCursor> parse(String text) {
    return Cursor.parse(text).flatMap(SpcCursor::split);
  }

  private static Optional<SpcCursor> split(Cursor combined) {
    var at = combined.epoch().lastIndexOf(SEPARATOR);
    if (at < 1) {
      return Optional.empty();
    }
    try {
      var sample = Long.parseLong(combined.epoch().substring(at + 1));
      var log = new Cursor(combined.epoch().substring(0, at), combined.offset());
      return sample < 0 ? Optional.empty() : Optional.of(new SpcCursor(log, sample));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return new Cursor(log.epoch() + SEPARATOR + sample, log.offset()).toString();
  }
}
