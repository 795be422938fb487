package dev.headway.core.job;

import dev.headway.core.error.Defect;
import dev.headway.core.job.Plan.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report of progress. Fields that are null leave the earlier value; {@code done} and {@code
 * total} are one statement, so either of them replaces both.
 *
 * @param percent 0 to 100 (a percentage, not a fraction)
 * @param done how many of {@code total} are done
 * @param total how many there are; gives the percentage when {@code percent} is null
 * @param step the step it is in
 * @param message for a person
 * @param metadata a JSON object
 */
public record ProgressReport(
    @Nullable Double percent,
    @Nullable Long done,
    @Nullable Long total,
    @Nullable String step,
    @Nullable String message,
    @Nullable Json metadata) {

  /** The largest metadata that is kept, in characters. */
  public static final int MAX_METADATA = 4_096;

  /** The longest name of a step, in characters. */
  public static final int MAX_STEP = 200;

  /** A percentage with a message. */
  public static ProgressReport of(double percent, String message) {
    return new ProgressReport(percent, null, null, null, message, null);
  }

  /** The defects, by the names of this record's components; empty when the report is valid. */
  public List<Defect> defects() {
    var defects = new ArrayList<Defect>();
    if (percent != null && !(percent >= 0 && percent <= 100)) {
      defects.add(
          Defect.ofField("percent", "percent (%s) must be from 0 to 100".formatted(percent)));
    }
    if (total != null && total <= 0) {
      defects.add(Defect.ofField("total", "total (%d) must be above 0".formatted(total)));
    }
    if (done != null && (done < 0 || total == null || done > total)) {
      defects.add(
          Defect.ofField("done", "done (%d) must be from 0 to total (%s)".formatted(done, total)));
    }
    if (step != null && step.length() > MAX_STEP) {
      defects.add(
          Defect.ofField(
              "step",
              "step has %d characters; at most %d are kept".formatted(step.length(), MAX_STEP)));
    }
    if (metadata != null && metadata.text().length() > MAX_METADATA) {
      defects.add(
          Defect.ofField(
              "metadata",
              "metadata has %d characters; at most %d are kept"
                  .formatted(metadata.text().length(), MAX_METADATA)));
    }
    return defects;
  }

  /** The percentage it states, directly or as done of total; null when it states none. */
  public @Nullable Double statedPercent() {
    if (percent != null) {
      return percent;
    }
    return done != null && total != null ? Double.valueOf(100.0 * done / total) : null;
  }

  /**
   * This report with the percentage of the whole, where the job has declared steps: {@code done} of
   * {@code total} fill the share of the step that they are counted in, and a step that begins has
   * those before it behind it. What is counted in an undeclared step moves nothing.
   *
   * @param steps the job's steps, in order
   * @param before the progress so far
   */
  public ProgressReport ofWhole(List<Step> steps, Progress before) {
    var within = step == null ? before.step() : step;
    if (steps.isEmpty() || percent != null || within == null || (done == null && step == null)) {
      return this;
    }
    var plan = new Plan(0, steps);
    var fraction = done == null || total == null ? 0 : (double) done / total;
    var reached = before.percent() == null ? 0 : before.percent();
    var whole = plan.has(within) ? plan.percentAt(within, fraction) : reached;
    return new ProgressReport(whole, done, total, step, message, metadata);
  }

  /**
   * This report together with an earlier one that was held back: what this one leaves open, the
   * earlier one says.
   */
  public ProgressReport over(ProgressReport earlier) {
    var counts = counts(earlier.step) ? this : earlier;
    return new ProgressReport(
        statedPercent() == null ? earlier.statedPercent() : statedPercent(),
        counts.done,
        counts.total,
        step == null ? earlier.step : step,
        message == null ? earlier.message : message,
        metadata == null ? earlier.metadata : metadata);
  }

  Progress after(Progress before) {
    var own = counts(before.step());
    return new Progress(
        percentAfter(before),
        step == null ? before.step() : Progress.cut(step),
        message == null ? before.message() : Progress.cut(message),
        own ? done : before.done(),
        own ? total : before.total(),
        before.eta(),
        metadata == null ? before.metadata() : metadata,
        before.begin());
  }

  /** The percentage that an attempt has reached once this is applied: it never falls. */
  public @Nullable Double percentAfter(Progress before) {
    var stated = statedPercent();
    var reached = before.percent();
    if (stated == null || reached == null) {
      return stated == null ? reached : stated;
    }
    return Math.max(stated, reached);
  }

  /*
   * Whether done and total are this report's. A new step counts its own items: those of the step
   * before say nothing about it.
   */
  private boolean counts(@Nullable String stepBefore) {
    return done != null || total != null || !(step == null || step.equals(stepBefore));
  }

  boolean fallsBehind(Progress before) {
    var stated = statedPercent();
    return stated != null && before.percent() != null && stated < before.percent();
  }
}
