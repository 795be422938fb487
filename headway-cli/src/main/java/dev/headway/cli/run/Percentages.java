package dev.headway.cli.run;

import static dev.headway.cli.run.ProgressReader.NUMBER;

import dev.headway.cli.run.ProgressSignal.Percent;
import dev.headway.cli.run.ProgressSignal.Trust;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Percentages and sizes in lines of any tool. */
final class Percentages {
  private static final String PERCENT = "(?<![\\d.,])(\\d{1,3}(?:[.,]\\d{1,9})?)\\s?%";
  private static final String SIZE = "(?<![\\d.])" + NUMBER + "\\s?([kKMGT]i?B|[kKMGT]B?|B)";

  private static final Pattern TRAILING = Pattern.compile(PERCENT + "[\\s\\])|]{0,20}$");
  private static final Pattern WITHIN = Pattern.compile(PERCENT + "(?![\\w%])");
  private static final Pattern BARE = Pattern.compile("\\d{1,2}|100");

  /** A bar before or after the percentage, as against a sentence. */
  private static final Pattern DRAWN = Pattern.compile("[━╸█▉▊#=]{2}|\\[[#=>. -]{3,200}\\]");

  /** Figures that are no progress: merit, use of a machine, and phases before the work. */
  private static final Pattern OTHER_FIGURE =
      Pattern.compile(
          "(?i)\\b(?:acc|accuracy|loss|precision|recall|f1|score|auc|errors?|usage|used|uses?|full"
              + "|cpu|mem|memory|disk|swap|load|battery|overhead|coverage|confidence|ratio"
              + "|compression|saved?|savings|hits?|rate|idle|quality|similarity|failed|passed"
              + "|reading database|reading package lists|building dependency tree)\\b");

  /** pip and docker: so much of so much. */
  private static final Pattern SIZES = Pattern.compile(SIZE + "\\s{0,3}/\\s{0,3}" + SIZE);

  private static final Pattern SIZES_OF_ONE_UNIT =
      Pattern.compile("[━╸╺─] {0,3}(?<![\\d.])" + NUMBER + "/" + NUMBER + "\\s?[kMGT]?B\\b");

  private static final Map<Character, Double> UNITS =
      Map.of('B', 1.0, 'K', 1e3, 'M', 1e6, 'G', 1e9, 'T', 1e12);

  private Percentages() {}

  /**
   * A percentage at the end of a line. In a sentence it is doubtful; several in a line are a table,
   * such as an encoder's statistics.
   */
  static Optional<ProgressSignal> trailing(Segment segment) {
    var text = segment.text();
    var match = TRAILING.matcher(text);
    var sign = text.indexOf('%');
    if (sign < 0 || sign != text.lastIndexOf('%') || !match.find()) {
      return Optional.empty();
    }
    var before = text.substring(0, match.start(1));
    var sure = segment.overwritten() || DRAWN.matcher(text).find();
    var trust = sure ? Trust.BAR : Trust.PROSE;
    return OTHER_FIGURE.matcher(before).find()
        ? Optional.empty()
        : valid(trust, words(before), decimal(match.group(1)), words(before));
  }

  /** A percentage anywhere in a line that overwrites itself. */
  static Optional<ProgressSignal> within(Segment segment) {
    var match = WITHIN.matcher(segment.text());
    if (!segment.overwritten() || segment.text().indexOf('%') < 0 || !match.find()) {
      return Optional.empty();
    }
    var before = segment.text().substring(0, match.start(1));
    return OTHER_FIGURE.matcher(before).find()
        ? Optional.empty()
        : valid(Trust.BAR, words(before), decimal(match.group(1)), "");
  }

  /** A line that is a number from 0 to 100, as {@code pv -n} writes to standard error. */
  static Optional<ProgressSignal> bare(Segment segment) {
    var number = bareNumber(segment);
    return number.isPresent() ? valid(Trust.PROSE, "", number.getAsDouble(), "") : Optional.empty();
  }

  /** The number from 0 to 100 that is all of a line. */
  static OptionalDouble bareNumber(Segment segment) {
    return BARE.matcher(segment.text()).matches()
        ? OptionalDouble.of(Double.parseDouble(segment.text()))
        : OptionalDouble.empty();
  }

  /** A bar and two sizes with one unit, as pip and rich draw them. */
  static Optional<ProgressSignal> sizesOfOneUnit(Segment segment) {
    var match = SIZES_OF_ONE_UNIT.matcher(segment.text());
    return segment.text().indexOf('/') >= 0 && match.find()
        ? share(
            Trust.BAR, "", Double.parseDouble(match.group(1)), Double.parseDouble(match.group(2)))
        : Optional.empty();
  }

  /** Two sizes, each with its unit. */
  static Optional<ProgressSignal> sizes(Segment segment) {
    var match = SIZES.matcher(segment.text());
    if (segment.text().indexOf('/') < 0 || !match.find()) {
      return Optional.empty();
    }
    var label = words(segment.text().substring(0, match.start()));
    return share(
        Trust.BAR,
        label,
        bytes(match.group(1), match.group(2)),
        bytes(match.group(3), match.group(4)));
  }

  /** A signal of {@code done} of {@code total}, when that makes sense. */
  static Optional<ProgressSignal> share(Trust trust, String bar, double done, double total) {
    return total > 0 && done <= total
        ? valid(trust, bar, 100 * done / total, "")
        : Optional.empty();
  }

  /** A signal of a percentage, when it is from 0 to 100. */
  static Optional<ProgressSignal> valid(Trust trust, String bar, double percent, String message) {
    return percent >= 0 && percent <= 100
        ? Optional.of(new Percent(trust, bar, percent, message))
        : Optional.empty();
  }

  /** The words before a percentage, without the drawing of a bar; empty when there are none. */
  static String words(String before) {
    var end = before.length();
    while (end > 0 && "#=>-. \t[](|:█▉▊▋▌▍▎▏━╸╺─".indexOf(before.charAt(end - 1)) >= 0) {
      end--;
    }
    var words = before.substring(0, end).strip();
    return words.chars().anyMatch(Character::isLetter) ? words : "";
  }

  private static double decimal(String text) {
    return Double.parseDouble(text.replace(',', '.'));
  }

  private static double bytes(String number, String unit) {
    var prefix = unit.toUpperCase(Locale.ROOT).charAt(0);
    return Double.parseDouble(number) * UNITS.getOrDefault(prefix, 1.0);
  }
}
