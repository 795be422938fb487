package dev.headway.core.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of a job's log, or one piece of an open output: a stream of any other name than those of
 * lines, whose text is that of its pieces one after the other.
 *
 * @param number counts from 1 within the job, across attempts; 0 before it is stored
 * @param at when it was written
 * @param stream one of {@link #LINES}, or the name of an output
 * @param text without control characters, at most 2,000 characters; a line is without its end
 */
public record LogLine(long number, Instant at, String stream, String text) {
  /** The streams of lines. */
  public static final Set<String> LINES = Set.of("stdout", "stderr", "log");

  private static final Pattern STREAM = Pattern.compile("[a-z][a-z0-9_.-]{0,39}");

  /* ECMA-48, section 5.4: a control sequence that colours terminals or moves their cursor. */
  private static final Pattern ANSI_STYLE = Pattern.compile("\\u001B\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern LINE_END = Pattern.compile("\\n");

  /** A new line of any text: control sequences and line ends are dropped, and the rest is cut. */
  public static LogLine of(Instant at, String stream, String text) {
    var plain = LINE_END.matcher(ANSI_STYLE.matcher(text).replaceAll("")).replaceAll("");
    return new LogLine(0, at, stream, Progress.cut(plain));
  }

  /** Whether a stream may be called so. */
  public static boolean isStream(String name) {
    return STREAM.matcher(name).matches();
  }

  /**
   * New lines of texts, each of which may have several; an empty text is an empty line. The texts
   * of an output are joined, and an empty one is nothing.
   */
  public static List<LogLine> all(Instant at, String stream, List<String> texts) {
    return LINES.contains(stream)
        ? texts.stream()
            .flatMap(text -> text.isEmpty() ? Stream.of("") : text.lines())
            .map(line -> of(at, stream, line))
            .toList()
        : pieces(at, stream, Progress.plain(String.join("", texts)));
  }

  private static List<LogLine> pieces(Instant at, String stream, String text) {
    var pieces = new ArrayList<LogLine>();
    for (var from = 0; from < text.length(); ) {
      var end = Math.min(text.length(), from + Progress.MAX_MESSAGE);
      var through = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
      var to = through ? end - 1 : end;
      pieces.add(new LogLine(0, at, stream, text.substring(from, to)));
      from = to;
    }
    return pieces;
  }

  /** The same line with its number. */
  public LogLine numbered(long value) {
    return new LogLine(value, at, stream, text);
  }
}
