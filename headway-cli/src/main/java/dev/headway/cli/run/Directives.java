package dev.headway.cli.run;

import static dev.headway.cli.run.ProgressReader.NUMBER;

import dev.headway.cli.run.ProgressSignal.Trust;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines by which a script reports: {@code ::progress 3/12 text} and {@code ::step 2/5 name}.
 */
final class Directives {
  private static final Pattern PROGRESS =
      Pattern.compile(
          "^::progress\\s{1,9}"
              + NUMBER
              + "\\s{0,9}%?(?:\\s{0,9}/\\s{0,9}"
              + NUMBER
              + ")?(?:\\s(.*))?$");
  private static final Pattern STEP =
      Pattern.compile("^::step\\s{1,9}(\\d{1,4})\\s{0,9}/\\s{0,9}(\\d{1,4})(?:\\s(.*))?$");

  private Directives() {}

  /** Whether a line is a directive. */
  static boolean matches(String line) {
    return line.startsWith("::")
        && (PROGRESS.matcher(line).matches() || STEP.matcher(line).matches());
  }

  /** The signal of a directive. */
  static Optional<ProgressSignal> read(Segment segment) {
    return segment.text().startsWith("::")
        ? progress(segment.text()).or(() -> step(segment.text()))
        : Optional.empty();
  }

  private static Optional<ProgressSignal> progress(String line) {
    var match = PROGRESS.matcher(line);
    if (!match.matches()) {
      return Optional.empty();
    }
    var number = Double.parseDouble(match.group(1));
    var total = match.group(2);
    var percent = total == null ? number : 100 * number / Double.parseDouble(total);
    return Percentages.valid(Trust.DIRECTIVE, "", percent, text(match.group(3)));
  }

  private static Optional<ProgressSignal> step(String line) {
    var match = STEP.matcher(line);
    return match.matches()
        ? ToolProgress.step(Trust.DIRECTIVE, match.group(1), match.group(2), text(match.group(3)))
        : Optional.empty();
  }

  private static String text(@Nullable String rest) {
    return rest == null ? "" : rest.strip();
  }
}
