package dev.headway.client.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line for a job's log, or a piece of a text that grows.
 *
 * @param text a line without its end, or a piece as it is
 * @param stream {@code stdout}, {@code stderr} or {@code log}, or the name of an output
 */
public record Output(String text, String stream) {
  private static final int LONGEST = 2_000;
  private static final Set<String> LINES = Set.of("stdout", "stderr", "log");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,39}");

  /** Cuts what the server would cut anyway. */
  public Output {
    text = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  /** A line that the worker itself wrote. */
  public static Output log(String text) {
    return new Output(text, "log");
  }

  /**
   * The pieces of a text for an output.
   *
   * @throws IllegalArgumentException for a name that cannot be one
   */
  static List<Output> pieces(String output, String text) {
    if (!NAME.matcher(output).matches() || LINES.contains(output)) {
      throw new IllegalArgumentException(
          "The name (%s) of an output must match %s, and is none of %s"
              .formatted(output, NAME, LINES));
    }
    var pieces = new ArrayList<Output>();
    for (var from = 0; from < text.length(); ) {
      var end = Math.min(text.length(), from + LONGEST);
      var through = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
      var to = through ? end - 1 : end;
      pieces.add(new Output(text.substring(from, to), output));
      from = to;
    }
    return pieces;
  }

  /** Whether a later piece of the same output can be sent as one with this one. */
  boolean joins(Output next) {
    return stream.equals(next.stream)
        && !LINES.contains(stream)
        && text.length() + next.text.length() <= LONGEST;
  }

  /** This piece and a later one that it {@linkplain #joins joins}. */
  Output with(Output next) {
    return new Output(text + next.text, stream);
  }
}
