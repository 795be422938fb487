package dev.headway.core.job;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of a job's log.
 *
 * @param number counts from 1 within the job, across attempts; 0 before it is stored
 * @param at when it was written
 * @param stream {@code stdout}, {@code stderr} or {@code log}
 * @param text without line end or control characters, at most 2,000 characters
 */
public record LogLine(long number, Instant at, String stream, String text) {
  /* ECMA-48, section 5.4: a control sequence that colours terminals or moves their cursor. */
  private static final Pattern ANSI_STYLE = Pattern.compile("\\u001B\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern LINE_END = Pattern.compile("\\n");

  /** A new line of any text: control sequences and line ends are dropped, and the rest is cut. */
  public static LogLine of(Instant at, String stream, String text) {
    var plain = LINE_END.matcher(ANSI_STYLE.matcher(text).replaceAll("")).replaceAll("");
    return new LogLine(0, at, stream, Progress.cut(plain));
  }

  /** New lines of texts, each of which may have several; an empty text is an empty line. */
  public static List<LogLine> all(Instant at, String stream, List<String> texts) {
    return texts.stream()
        .flatMap(text -> text.isEmpty() ? Stream.of("") : text.lines())
        .map(line -> of(at, stream, line))
        .toList();
  }

  /** The same line with its number. */
  public LogLine numbered(long value) {
    return new LogLine(value, at, stream, text);
  }
}
