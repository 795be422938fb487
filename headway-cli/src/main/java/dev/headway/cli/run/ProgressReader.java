package dev.headway.cli.run;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reader of progress in a command's output. The first rule that fits a line decides. Every rule
 * takes linear time: its repetitions are bounded, and lines above {@value #LONGEST} characters are
 * not read. Pure.
 */
final class ProgressReader {
  /** A way of writing progress. */
  interface Rule {
    Optional<ProgressSignal> read(Segment segment);
  }

  /** A number, with few enough digits for a double. */
  static final String NUMBER = "(\\d{1,15}(?:\\.\\d{1,15})?)";

  private static final int LONGEST = 1_000;

  private static final Pattern DRAWING =
      Pattern.compile("\\d%\\|.{0,500}\\||[━█#=]{5}|\\[[=>#. -]{5,200}\\]");

  private static final List<Rule> RULES =
      List.of(
          Directives::read,
          MediaPosition::length,
          MediaPosition::position,
          ToolProgress::read,
          Percentages::trailing,
          Percentages::within,
          Percentages::sizesOfOneUnit,
          Percentages::sizes);

  private ProgressReader() {}

  /** The progress that a line shows; empty when it is ordinary output. */
  static Optional<ProgressSignal> read(Segment segment) {
    if (segment.text().length() > LONGEST || !mayShowProgress(segment.text())) {
      return Optional.empty();
    }
    return RULES.stream().map(rule -> rule.read(segment)).flatMap(Optional::stream).findFirst();
  }

  /**
   * Whether a line has what every rule needs one of, where it needs it: most lines have none, and
   * most of a flood of output must not cost more than being looked through.
   */
  private static boolean mayShowProgress(String text) {
    for (var i = 0; i < text.length(); i++) {
      var marked =
          switch (text.charAt(i)) {
            case '%' -> isDigit(text, i - 1) || isDigit(text, i - 2);
            case '/' ->
                isDigit(text, skipped(text, i, 1)) && endsNumber(text, skipped(text, i, -1));
            case ':' -> (isOfClock(text, i - 1) && isOfClock(text, i + 1)) || text.startsWith("::");
            default -> false;
          };
      if (marked) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  /** Whether a number may end here, with or without a unit of size. */
  private static boolean endsNumber(String text, int at) {
    return isDigit(text, at) || (at > 0 && "BKMGTk".indexOf(text.charAt(at)) >= 0);
  }

  private static boolean isOfClock(String text, int at) {
    return isDigit(text, at)
        || (at >= 0 && at < text.length() && "-:".indexOf(text.charAt(at)) >= 0);
  }

  /** The next place in a direction that is not blank, at most three blanks away. */
  private static int skipped(String text, int from, int direction) {
    var at = from + direction;
    for (var blanks = 0; blanks < 3 && at >= 0 && at < text.length(); blanks++) {
      if (text.charAt(at) != ' ') {
        break;
      }
      at += direction;
    }
    return at;
  }

  /** The progress that a line of standard error shows, where {@code pv -n} writes bare numbers. */
  static Optional<ProgressSignal> readError(Segment segment) {
    return Percentages.bare(segment).or(() -> read(segment));
  }

  /** Whether a line draws a bar. */
  static boolean isDrawn(Segment segment) {
    return DRAWING.matcher(segment.text()).find();
  }
}
