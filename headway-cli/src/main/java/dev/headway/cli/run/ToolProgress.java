package dev.headway.cli.run;

import static dev.headway.cli.run.ProgressReader.NUMBER;

import dev.headway.cli.run.ProgressSignal.NumberedStep;
import dev.headway.cli.run.ProgressSignal.Percent;
import dev.headway.cli.run.ProgressSignal.Trust;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The progress of well-known tools, each by the form of its own lines. */
final class ToolProgress {
  /**
   * A form of line and its meaning.
   *
   * @param meaning reads a match; empty when its numbers make no sense
   */
  private record Form(Pattern pattern, Function<MatchResult, Optional<ProgressSignal>> meaning) {
    Form(String pattern, Function<MatchResult, Optional<ProgressSignal>> meaning) {
      this(Pattern.compile(pattern), meaning);
    }
  }

  /**
   * A phase of git and the part of the whole that it takes. The parts are rough: what is received
   * takes longest.
   */
  private record GitPhase(String name, int from, int to) {}

  private static final List<GitPhase> GIT =
      List.of(
          new GitPhase("Enumerating objects", 0, 1),
          new GitPhase("Counting objects", 0, 3),
          new GitPhase("Compressing objects", 3, 6),
          new GitPhase("Receiving objects", 6, 70),
          new GitPhase("Writing objects", 6, 90),
          new GitPhase("Unpacking objects", 6, 70),
          new GitPhase("Resolving deltas", 70, 85),
          new GitPhase("Updating files", 85, 100),
          new GitPhase("Checking out files", 85, 100));

  private static final Pattern EPOCH =
      Pattern.compile("(?i)\\bepoch:? \\[?(\\d{1,4})\\s?/\\s?(\\d{1,4})\\b");

  private static final List<Form> FORMS =
      List.of(
          // git: one phase after the other.
          new Form(
              "^(?:remote: )?([A-Z][a-z]{2,15}(?: out)? (?:objects|deltas|files)): {1,3}(\\d{1,3})%"
                  + " \\(",
              ToolProgress::git),
          // Docker's classic builder, BuildKit, and training loops.
          new Form(
              "^Step (\\d{1,4})/(\\d{1,4}) : (.{0,200})",
              m -> step(Trust.WHOLE, m.group(1), m.group(2), m.group(3))),
          new Form(
              "^#\\d{1,6} \\[(?:[\\w.-]{1,60} )?(\\d{1,4})/(\\d{1,4})\\] (.{0,200})",
              m -> step(Trust.WHOLE, m.group(1), m.group(2), m.group(3))),
          new Form(
              "^\\s{0,9}Epoch:? \\[?(\\d{1,4})\\s?/\\s?(\\d{1,4})\\]?\\s*$",
              m ->
                  step(
                      Trust.WHOLE,
                      m.group(1),
                      m.group(2),
                      "Epoch " + m.group(1) + " of " + m.group(2))),
          // cmake and ninja count the whole build, pytest the tests, rsync the files left to check.
          new Form(
              "^\\[\\s{0,2}(\\d{1,3})%\\] (.{0,200})",
              m -> percent(Trust.WHOLE, "build", m.group(1), m.group(2))),
          new Form(
              "^\\[(\\d{1,7})/(\\d{1,7})\\] (.{0,200})",
              m -> share(Trust.WHOLE, "build", m, m.group(3))),
          new Form(
              "^\\S{1,200} (?:[.FEsxX]{1,200}|[A-Z]{4,8})\\s{1,200}\\[\\s{0,2}(\\d{1,3})%\\]",
              m -> percent(Trust.WHOLE, "tests", m.group(1), "")),
          new Form("^.{0,400}\\bto-chk=(\\d{1,9})/(\\d{1,9})\\)", ToolProgress::filesLeft),
          // One bar each: yt-dlp, tqdm, rich, Keras, curl, rsync, wget.
          new Form(
              "^\\[download\\]\\s{1,4}" + NUMBER + "% of ",
              m -> percent(Trust.BAR, "download", m.group(1), "")),
          new Form(
              "^(.{0,100}?):?\\s{0,9}(\\d{1,3})%\\|.{0,300}\\| {0,3}\\S{1,20}/\\S{1,20} \\[",
              ToolProgress::tqdm),
          new Form(
              "^([^━╸╺]{0,100}+)[━╸╺]{5,300}+\\s{1,9}+(\\d{1,3})%"
                  + " (?:\\d{1,3}:\\d\\d:\\d\\d|-:--:--)",
              m -> rich(m.group(1), m.group(2))),
          new Form(
              "^\\s{0,9}(\\d{1,9})/(\\d{1,9}) (?:\\[[=>.]{1,100}\\]|━{5,100} )",
              m -> share(Trust.BAR, "batch", m, "")),
          new Form(
              "^\\s{0,9}(\\d{1,3})\\s{1,9}[\\d.]{1,9}[kMGTP]?\\s{1,9}\\d{1,3}\\s{1,9}[\\d.]{1,9}[kMGTP]?\\s{1,9}\\d{1,3}\\s.{0,80}(?:--|\\d\\d):(?:--|\\d\\d)",
              m -> percent(Trust.BAR, "", m.group(1), "")),
          new Form(
              "^\\s{0,30}[\\d,.]{1,20}[KMGT]?\\s{1,9}(\\d{1,3})%\\s{1,9}\\S{1,20}/s\\s{1,9}\\d{1,4}:\\d\\d:\\d\\d",
              m -> percent(Trust.BAR, "", m.group(1), "")),
          new Form(
              "^\\s{0,9}\\d{1,12}K[ .,]{1,80}\\s(\\d{1,3})%",
              m -> percent(Trust.BAR, "", m.group(1), "")));

  private ToolProgress() {}

  /** The progress in a line of a known form. */
  static Optional<ProgressSignal> read(Segment segment) {
    for (var form : FORMS) {
      var match = form.pattern().matcher(segment.text());
      if (match.lookingAt()) { // find would try every place of a line
        return form.meaning().apply(match.toMatchResult());
      }
    }
    return Optional.empty();
  }

  /** The start of a step, when its number makes sense. */
  static Optional<ProgressSignal> step(Trust trust, String number, String of, String name) {
    var step =
        new NumberedStep(trust, Integer.parseInt(number), Integer.parseInt(of), name.strip());
    return step.number() >= 1 && step.number() <= step.of() ? Optional.of(step) : Optional.empty();
  }

  private static Optional<ProgressSignal> git(MatchResult match) {
    var name = match.group(1);
    var within = Math.min(100, Integer.parseInt(match.group(2)));
    return GIT.stream()
        .filter(phase -> phase.name().equals(name))
        .<ProgressSignal>map(phase -> {
          var percent = phase.from() + (phase.to() - phase.from()) * within / 100.0;
          return new Percent(Trust.WHOLE, "git", percent, name);
        })
        .findFirst();
  }

  /** A bar of tqdm; one that names its epoch tells of the whole. */
  private static Optional<ProgressSignal> tqdm(MatchResult match) {
    var label = Percentages.words(match.group(1));
    var percent = Double.parseDouble(match.group(2));
    var epoch = EPOCH.matcher(label);
    if (!epoch.find()) {
      return Percentages.valid(Trust.BAR, label, percent, label);
    }
    var done = Double.parseDouble(epoch.group(1)) - 1 + percent / 100;
    return Percentages.valid(
        Trust.WHOLE, "epoch", 100 * done / Double.parseDouble(epoch.group(2)), label);
  }

  private static Optional<ProgressSignal> rich(String description, String percent) {
    var label = Percentages.words(description);
    return Percentages.valid(Trust.BAR, label, Double.parseDouble(percent), label);
  }

  private static Optional<ProgressSignal> filesLeft(MatchResult match) {
    var left = Double.parseDouble(match.group(1));
    var total = Double.parseDouble(match.group(2));
    return total > 0
        ? Percentages.valid(Trust.WHOLE, "files", 100 * (total - left) / total, "")
        : Optional.empty();
  }

  private static Optional<ProgressSignal> percent(
      Trust trust, String bar, String percent, String message) {
    return Percentages.valid(trust, bar, Double.parseDouble(percent), message.strip());
  }

  /** The first group of a match of the second. */
  private static Optional<ProgressSignal> share(
      Trust trust, String bar, MatchResult match, String message) {
    var done = Double.parseDouble(match.group(1));
    var total = Double.parseDouble(match.group(2));
    return Percentages.share(trust, bar, done, total)
        .map(signal -> new Percent(trust, bar, ((Percent) signal).percent(), message.strip()));
  }
}
