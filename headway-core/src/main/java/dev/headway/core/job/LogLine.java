package dev.headway.core.job;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One line of a job's log.
 *
 * @param number counts from 1 within the job, across attempts
 * @param at when it was written
 * @param stream {@code stdout}, {@code stderr} or {@code log}
 * @param text without line end or control characters, at most 2,000 characters
 */
public record LogLine(long number, Instant at, String stream, String text) {
  /* ECMA-48, section 5.4: a control sequence that colours terminals or moves their cursor. */
  private static final Pattern ANSI_STYLE = Pattern.compile("\\u001B\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern LINE_END = Pattern.compile("\\n");

  /** A line of any text: control sequences and line ends are dropped, and the rest is cut. */
  public static LogLine of(long number, Instant at, String stream, String text) {
    var plain = LINE_END.matcher(ANSI_STYLE.matcher(text).replaceAll("")).replaceAll("");
    return new LogLine(number, at, stream, Progress.cut(plain));
  }
}
