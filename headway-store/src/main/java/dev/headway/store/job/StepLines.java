package dev.headway.store.job;

import dev.headway.core.job.Plan.Step;
import dev.headway.store.Columns;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The steps of a job as one text, a line each: the name, and before it the weight and a tab where
 * the weight is not 1.
 */
final class StepLines {
  private static final Pattern WEIGHTED = Pattern.compile("(\\d[\\d.E-]*)\t(.*)", Pattern.DOTALL);

  private StepLines() {}

  static String of(List<Step> steps) {
    return Columns.lines(steps.stream().map(StepLines::line).toList());
  }

  private static String line(Step step) {
    var plain = step.weight() == 1 && step.name().indexOf('\t') < 0;
    return plain ? step.name() : step.weight() + "\t" + step.name();
  }

  /** Reads the steps of a text made by {@link #of}. */
  static List<Step> read(String text) {
    return Columns.lines(text).stream().map(StepLines::step).toList();
  }

  private static Step step(String line) {
    var weighted = WEIGHTED.matcher(line);
    return weighted.matches()
        ? new Step(weighted.group(2), Double.parseDouble(weighted.group(1)))
        : new Step(line, 1);
  }
}
