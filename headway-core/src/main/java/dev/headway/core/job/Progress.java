package dev.headway.core.job;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an attempt.
 *
 * @param percent 0 to 100; null when the work cannot say
 * @param step the plan's step it is in; null before the first
 * @param message what is being done, for a person; empty until the work has said something
 * @param done how many of {@code total} are done within the step
 * @param total how many there are within the step
 * @param eta the time left; null when unknown
 * @param metadata whatever the work adds, a JSON object
 * @param begin where the attempt was at its first report; null before
 */
public record Progress(
    @Nullable Double percent,
    @Nullable String step,
    String message,
    @Nullable Long done,
    @Nullable Long total,
    @Nullable Eta eta,
    @Nullable Json metadata,
    @Nullable Begin begin) {

  /**
   * Where an attempt was when it first reported a percentage: work may go on where an earlier
   * attempt stopped.
   *
   * @param at the moment of that report
   * @param percent 0 to 100
   */
  public record Begin(Instant at, double percent) {}

  /** The longest message that is kept, in characters. */
  public static final int MAX_MESSAGE = 2_000;

  /*
   * Control characters do nothing for a person, and PostgreSQL does not store U+0000. Marks of
   * direction can make a text read as another one (Unicode TR 36, section 3.2). Tabs and line ends
   * stay: the details of an error may have several lines.
   */
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069&&[^\\t\\n]]");

  /**
   * Drops control characters but tabs and line feeds, and marks of direction, and cuts at {@value
   * #MAX_MESSAGE}.
   */
  public static String cut(String message) {
    return cut(plain(message), MAX_MESSAGE);
  }

  /** Drops control characters but tabs and line feeds, and marks of direction. */
  static String plain(String text) {
    return CONTROL.matcher(text).replaceAll("");
  }

  /**
   * Cuts a text with an ellipsis, never through a surrogate pair.
   *
   * @param length the longest text that is kept, in characters, from 2
   */
  public static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    var end = length - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** Nothing done yet: percent 0 in the given first step. */
  public static Progress waiting(@Nullable String firstStep) {
    return new Progress(0.0, firstStep, "Waiting to start", null, null, null, null, null);
  }

  /** The same progress with another message. */
  public Progress withMessage(String text) {
    return new Progress(percent, step, cut(text), done, total, eta, metadata, begin);
  }

  /** The same progress in a step, unless it is in one already. */
  Progress in(@Nullable String first) {
    return step != null
        ? this
        : new Progress(percent, first, message, done, total, eta, metadata, begin);
  }

  /** The same progress, begun now if it had not yet and has a percentage. */
  Progress begunBy(@Nullable Double stated, Instant now) {
    return begin != null || stated == null
        ? this
        : new Progress(percent, step, message, done, total, eta, metadata, new Begin(now, stated));
  }

  /** The same progress with another estimate. */
  public Progress withEta(@Nullable Eta estimate) {
    return new Progress(percent, step, message, done, total, estimate, metadata, begin);
  }

  /**
   * The progress of completed work: all of it, without a count that says otherwise, such as 7 of
   * 10.
   */
  Progress completed() {
    var all = Objects.equals(done, total);
    return new Progress(
        100.0, step, message, all ? done : null, all ? total : null, null, metadata, begin);
  }

  /** The same progress at another percentage. */
  public Progress withPercent(@Nullable Double value) {
    return new Progress(value, step, message, done, total, eta, metadata, begin);
  }
}
