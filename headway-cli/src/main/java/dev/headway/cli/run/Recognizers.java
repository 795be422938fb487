package dev.headway.cli.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes progress in the output of common tools. Pure; the first recognizer that fits a segment
 * decides.
 */
final class Recognizers {
  /** Reads one way of writing progress. */
  private interface Recognizer {
    Optional<Sign> read(Segment segment);
  }

  private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
  private static final String SIZE = NUMBER + "\\s?([kKMGT]i?B|[kKMGT]B?|B)";

  private static final Pattern PROGRESS_DIRECTIVE =
      Pattern.compile("^::progress\\s+" + NUMBER + "\\s*%?(?:\\s*/\\s*" + NUMBER + ")?\\s*(.*)$");
  private static final Pattern STEP_DIRECTIVE =
      Pattern.compile("^::step\\s+(\\d+)\\s*/\\s*(\\d+)\\s*(.*)$");

  /** ffmpeg's header and its status line. */
  private static final Pattern FFMPEG_LENGTH =
      Pattern.compile("^\\s*Duration: (\\d+):(\\d\\d):(\\d\\d(?:\\.\\d+)?)");

  private static final Pattern FFMPEG_POSITION =
      Pattern.compile("\\btime=(\\d+):(\\d\\d):(\\d\\d(?:\\.\\d+)?)\\b.*\\bbitrate=");

  /** Docker's classic builder and BuildKit's plain progress. */
  private static final Pattern DOCKER_STEP = Pattern.compile("^Step (\\d+)/(\\d+) : (.*)$");

  private static final Pattern BUILDKIT_STEP =
      Pattern.compile("^#\\d+ \\[(?:[\\w.-]+ )?(\\d+)/(\\d+)\\] (.*)$");

  /** curl's meter: percent of the total first, and the speeds and times that follow. */
  private static final Pattern CURL_METER =
      Pattern.compile(
          "^\\s*(\\d{1,3})\\s+[\\d.]+[kMGTP]?\\s+\\d{1,3}\\s+[\\d.]+[kMGTP]?\\s+\\d{1,3}\\s.*"
              + "(?:--|\\d\\d):(?:--|\\d\\d)");

  private static final Pattern TRAILING_PERCENT =
      Pattern.compile("(?:^|[^\\d.,])(\\d{1,3}(?:[.,]\\d+)?)\\s?%[\\s\\])|]*$");

  /** rsync, wget, git, older pip: the percentage stands in the middle of an overwritten line. */
  private static final Pattern INNER_PERCENT =
      Pattern.compile("(?:^|[^\\d.,])(\\d{1,3}(?:[.,]\\d+)?)\\s?%(?![\\w%])");

  /** rsync ends a file's last status with a line feed, but not every line with a percentage. */
  private static final Pattern RSYNC_STATUS =
      Pattern.compile("^\\s*[\\d,.]+[KMGT]?\\s+(\\d{1,3})%\\s+\\S+/s\\s+\\d+:\\d\\d:\\d\\d");

  /** wget where it has no terminal: dots, and the percentage before the speed. */
  private static final Pattern WGET_DOTS = Pattern.compile("^\\s*\\d+K[ .,]+\\s(\\d{1,3})%");

  /** pip and docker: so much of so much. */
  private static final Pattern SIZES = Pattern.compile(SIZE + "\\s*/\\s*" + SIZE);

  private static final Pattern SHARED_UNIT =
      Pattern.compile("[━╸╺─].*?\\b" + NUMBER + "/" + NUMBER + "\\s?[kMGT]?B\\b");

  private static final Map<Character, Double> UNITS =
      Map.of('B', 1.0, 'K', 1e3, 'M', 1e6, 'G', 1e9, 'T', 1e12);

  private static final List<Recognizer> ALL =
      List.of(
          Recognizers::progressDirective,
          Recognizers::stepDirective,
          Recognizers::ffmpegLength,
          Recognizers::ffmpegPosition,
          segment -> step(DOCKER_STEP.matcher(segment.text())),
          segment -> step(BUILDKIT_STEP.matcher(segment.text())),
          segment -> percent(CURL_METER.matcher(segment.text()), ""),
          segment -> percent(RSYNC_STATUS.matcher(segment.text()), ""),
          segment -> percent(WGET_DOTS.matcher(segment.text()), ""),
          Recognizers::trailingPercent,
          Recognizers::innerPercent,
          Recognizers::sharedUnit,
          Recognizers::sizes);

  private Recognizers() {}

  /** What a segment says; empty when it is ordinary output. */
  static Optional<Sign> read(Segment segment) {
    for (var recognizer : ALL) {
      var sign = recognizer.read(segment);
      if (sign.isPresent()) {
        return sign;
      }
    }
    return Optional.empty();
  }

  /** Whether a line is addressed to Headway, so that it is no part of the log. */
  static boolean directive(String line) {
    return PROGRESS_DIRECTIVE.matcher(line).matches() || STEP_DIRECTIVE.matcher(line).matches();
  }

  private static Optional<Sign> progressDirective(Segment segment) {
    var match = PROGRESS_DIRECTIVE.matcher(segment.text());
    if (!match.matches()) {
      return Optional.empty();
    }
    var number = Double.parseDouble(match.group(1));
    var total = match.group(2);
    var percent = total == null ? number : 100 * number / Double.parseDouble(total);
    return valid(percent, match.group(3).trim());
  }

  private static Optional<Sign> stepDirective(Segment segment) {
    return step(STEP_DIRECTIVE.matcher(segment.text()));
  }

  private static Optional<Sign> step(Matcher match) {
    if (!match.find() || match.group(1).length() > 4 || match.group(2).length() > 4) {
      return Optional.empty();
    }
    var number = Integer.parseInt(match.group(1));
    var of = Integer.parseInt(match.group(2));
    return number >= 1 && number <= of
        ? Optional.of(new Sign.Step(number, of, match.group(3).trim()))
        : Optional.empty();
  }

  private static Optional<Sign> ffmpegLength(Segment segment) {
    return clock(FFMPEG_LENGTH.matcher(segment.text())).filter(s -> s > 0).map(Sign.Length::new);
  }

  private static Optional<Sign> ffmpegPosition(Segment segment) {
    return clock(FFMPEG_POSITION.matcher(segment.text())).map(Sign.Position::new);
  }

  private static Optional<Double> clock(Matcher match) {
    return match.find() && match.group(1).length() < 6
        ? Optional.of(
            Integer.parseInt(match.group(1)) * 3_600
                + Integer.parseInt(match.group(2)) * 60
                + Double.parseDouble(match.group(3)))
        : Optional.empty();
  }

  /** Several percentages in a line are a table, such as an encoder's statistics. */
  private static Optional<Sign> trailingPercent(Segment segment) {
    if (segment.text().indexOf('%') != segment.text().lastIndexOf('%')) {
      return Optional.empty();
    }
    var match = TRAILING_PERCENT.matcher(segment.text());
    return match.find()
        ? valid(decimal(match.group(1)), words(segment.text().substring(0, match.start(1))))
        : Optional.empty();
  }

  private static Optional<Sign> innerPercent(Segment segment) {
    return segment.overwritten()
        ? percent(INNER_PERCENT.matcher(segment.text()), "")
        : Optional.empty();
  }

  private static Optional<Sign> percent(Matcher match, String message) {
    return match.find() ? valid(decimal(match.group(1)), message) : Optional.empty();
  }

  private static double decimal(String text) {
    return Double.parseDouble(text.replace(',', '.'));
  }

  private static Optional<Sign> sharedUnit(Segment segment) {
    var match = SHARED_UNIT.matcher(segment.text());
    return match.find()
        ? share(Double.parseDouble(match.group(1)), Double.parseDouble(match.group(2)))
        : Optional.empty();
  }

  private static Optional<Sign> sizes(Segment segment) {
    var match = SIZES.matcher(segment.text());
    return match.find()
        ? share(bytes(match.group(1), match.group(2)), bytes(match.group(3), match.group(4)))
        : Optional.empty();
  }

  private static double bytes(String number, String unit) {
    var prefix = unit.toUpperCase(Locale.ROOT).charAt(0);
    return Double.parseDouble(number) * UNITS.getOrDefault(prefix, 1.0);
  }

  private static Optional<Sign> share(double done, double total) {
    return total > 0 && done <= total ? valid(100 * done / total, "") : Optional.empty();
  }

  private static Optional<Sign> valid(double percent, String message) {
    return percent >= 0 && percent <= 100
        ? Optional.of(new Sign.Percent(percent, message))
        : Optional.empty();
  }

  /** What stands before a percentage, without the drawing of a bar. */
  private static String words(String before) {
    var words = before.replaceAll("[#=>\\-.\\s\\[\\](|:█▉-▏━╸╺]+$", "").strip();
    return words.chars().anyMatch(Character::isLetter) ? words : "";
  }
}
