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

  /** Whether a line has one of the characters that every rule needs: most lines have none. */
  private static boolean mayShowProgress(String text) {
    for (var i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      if (character == '%' || character == '/' || character == ':') {
        return true;
      }
    }
    return false;
  }

  /** The progress that a line of standard error shows, where {@code pv -n} writes bare numbers. */
  static Optional<ProgressSignal> readError(Segment segment) {
    return Percentages.bare(segment).or(() -> read(segment));
  }

  /** Whether a line belongs to the log: no directive, and no bar that is still being drawn. */
  static boolean logged(Segment segment, Optional<ProgressSignal> signal) {
    if (segment.overwritten() || Directives.matches(segment.text())) {
      return false;
    }
    return !(signal.orElse(null) instanceof ProgressSignal.Percent percent
        && percent.percent() < 100
        && DRAWING.matcher(segment.text()).find());
  }
}
