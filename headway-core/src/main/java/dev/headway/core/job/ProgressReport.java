package dev.headway.core.job;

import dev.headway.core.error.Defect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What work says about how far it has come. Fields that are null leave what was said before.
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

  /** A percentage with a message. */
  public static ProgressReport of(double percent, String message) {
    return new ProgressReport(percent, null, null, null, message, null);
  }

  /** Everything that is wrong with the report; empty when it can be applied. */
  public List<Defect> defects() {
    var defects = new ArrayList<Defect>();
    if (percent != null && !(percent >= 0 && percent <= 100)) {
      defects.add(
          Defect.ofField(
              "progress", "progress (%s) must be a percentage from 0 to 100".formatted(percent)));
    }
    if (total != null && total <= 0) {
      defects.add(Defect.ofField("total", "total (%d) must be above 0".formatted(total)));
    }
    if (done != null && (done < 0 || total == null || done > total)) {
      defects.add(
          Defect.ofField("done", "done (%d) must be from 0 to total (%s)".formatted(done, total)));
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

  Progress after(Progress before) {
    var stated = statedPercent();
    var reached = before.percent() == null ? 0 : before.percent();
    var next = stated == null ? before.percent() : Double.valueOf(Math.max(stated, reached));
    // A new step counts its own items: those of the step before say nothing about it.
    var sameStep = step == null || step.equals(before.step());
    return new Progress(
        next,
        step == null ? before.step() : step,
        message == null ? before.message() : Progress.cut(message),
        done == null && sameStep ? before.done() : done,
        total == null && sameStep ? before.total() : total,
        before.eta(),
        metadata == null ? before.metadata() : metadata);
  }

  boolean fallsBehind(Progress before) {
    var stated = statedPercent();
    return stated != null && before.percent() != null && stated < before.percent();
  }
}
