package dev.headway.cli.run;

import static dev.headway.cli.run.ProgressReader.NUMBER;

import dev.headway.cli.run.ProgressSignal.Trust;
import dev.headway.client.job.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines by which a script reports: {@code ::progress 3/12 text}, {@code ::step 2/5 name},
 * {@code ::steps read, hash:6} and {@code ::step hash}.
 */
final class Directives {
  /** A directive, and what its match says. */
  private record Form(Pattern pattern, Function<MatchResult, ProgressSignal> meaning) {}

  private static final Pattern WEIGHTED = Pattern.compile("(.*?)\\s{0,9}:\\s{0,9}" + NUMBER);

  private static final List<Form> FORMS =
      List.of(
          new Form(
              Pattern.compile(
                  "^::progress\\s{1,9}"
                      + NUMBER
                      + "\\s{0,9}%?(?:\\s{0,9}/\\s{0,9}"
                      + NUMBER
                      + ")?(?:\\s(.*))?$"),
              Directives::progress),
          new Form(
              Pattern.compile("^::step\\s{1,9}(\\d{1,4})\\s{0,9}/\\s{0,9}(\\d{1,4})(?:\\s(.*))?$"),
              Directives::numbered),
          new Form(Pattern.compile("^::step\\s{1,9}(\\S.{0,199})$"), Directives::named),
          new Form(Pattern.compile("^::steps\\s{1,9}(\\S.*)$"), Directives::steps));

  private Directives() {}

  /** Whether a line is a directive. */
  static boolean matches(String line) {
    return line.startsWith("::")
        && FORMS.stream().anyMatch(form -> form.pattern().matcher(line).matches());
  }

  /** The signal of a directive. */
  static Optional<ProgressSignal> read(Segment segment) {
    if (!segment.text().startsWith("::")) {
      return Optional.empty();
    }
    for (var form : FORMS) {
      var match = form.pattern().matcher(segment.text());
      if (match.matches()) {
        return Optional.of(form.meaning().apply(match));
      }
    }
    return Optional.empty();
  }

  private static ProgressSignal progress(MatchResult match) {
    var number = match.group(1);
    var total = match.group(2);
    var message = text(match.group(3));
    if (total != null && number.indexOf('.') < 0 && total.indexOf('.') < 0) {
      return count(Long.parseLong(number), Long.parseLong(total), message);
    }
    var percent =
        total == null
            ? Double.parseDouble(number)
            : 100 * Double.parseDouble(number) / Double.parseDouble(total);
    return percent <= 100
        ? new ProgressSignal.Percent(Trust.DIRECTIVE, "", percent, message)
        : new ProgressSignal.Wrong(
            total == null
                ? "::progress %s: the percentage must be from 0 to 100".formatted(number)
                : "::progress %s/%s: this is more than all".formatted(number, total));
  }

  private static ProgressSignal count(long done, long total, String message) {
    return total > 0 && done <= total
        ? new ProgressSignal.Count(done, total, message)
        : new ProgressSignal.Wrong(
            "::progress %d/%d: done (%d) must be from 0 to total (%d), which must be above 0"
                .formatted(done, total, done, total));
  }

  private static ProgressSignal numbered(MatchResult match) {
    var number = match.group(1);
    var of = match.group(2);
    return ToolProgress.step(Trust.DIRECTIVE, number, of, text(match.group(3)))
        .orElseGet(() ->
            new ProgressSignal.Wrong(
                "::step %s/%s: the step (%s) must be from 1 to %s"
                    .formatted(number, of, number, of)));
  }

  private static ProgressSignal named(MatchResult match) {
    return new ProgressSignal.NamedStep(match.group(1).strip());
  }

  private static ProgressSignal steps(MatchResult match) {
    var steps = new ArrayList<Step>();
    try {
      for (var entry : match.group(1).split(",", -1)) {
        steps.add(step(entry.strip()));
      }
      return new ProgressSignal.Steps(Step.declared(steps));
    } catch (IllegalArgumentException wrong) {
      return new ProgressSignal.Wrong("::steps: " + wrong.getMessage());
    }
  }

  private static Step step(String entry) {
    var weighted = WEIGHTED.matcher(entry);
    return weighted.matches()
        ? new Step(weighted.group(1), Double.parseDouble(weighted.group(2)))
        : Step.of(entry);
  }

  private static String text(@Nullable String rest) {
    return rest == null ? "" : rest.strip();
  }
}
