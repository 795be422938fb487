package dev.headway.spc.app;

import dev.headway.core.topic.Cursor;
import dev.headway.spc.live.Seen;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A watcher's place in a characteristic's series: a cursor of the topic's log, and the newest
 * numbers seen. The log answers for as long as it lives and reaches back; afterwards, also when the
 * server was started anew, what came after these numbers is read from the store.
 *
 * @param log the place in the log
 * @param seen the newest numbers seen
 */
record SpcCursor(Cursor log, Seen seen) {
  /* Epochs have lower-case letters and digits only. */
  private static final Pattern NUMBERS =
      Pattern.compile("([0-9a-z]+)S([0-9]{1,18})(?:V([0-9]{1,18})C([0-9]{1,18}))?");
  private static final String NO_LOG = "0";

  /** A place that the log knows nothing of. */
  static SpcCursor stored(Seen seen) {
    return new SpcCursor(new Cursor(NO_LOG, 0), seen);
  }

  /** Reads a cursor as clients send it back; empty when it is not one. */
  static Optional<SpcCursor> parse(String text) {
    return Cursor.parse(text).flatMap(SpcCursor::split);
  }

  private static Optional<SpcCursor> split(Cursor combined) {
    var parts = NUMBERS.matcher(combined.life());
    if (!parts.matches()) {
      return Optional.empty();
    }
    var seen = new Seen(number(parts.group(2)), number(parts.group(3)), number(parts.group(4)));
    return Optional.of(new SpcCursor(new Cursor(parts.group(1), combined.offset()), seen));
  }

  /* Cursors of earlier versions name the sample alone. */
  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  @Override
  public String toString() {
    var numbers = "S%dV%dC%d".formatted(seen.sample(), seen.violation(), seen.change());
    return new Cursor(log.life() + numbers, log.offset()).toString();
  }
}
