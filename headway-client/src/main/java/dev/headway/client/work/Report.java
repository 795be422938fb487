package dev.headway.client.work;

import dev.headway.client.http.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A progress report. What is null stays as it was reported before.
 *
 * @param progress percent, 0 to 100; not a fraction
 * @param done how many of {@code total} are done
 * @param total how many there are
 * @param stage the step
 * @param message for a person
 * @param metadata anything else, at most 4,096 characters of JSON
 */
public record Report(
    @Nullable Double progress,
    @Nullable Long done,
    @Nullable Long total,
    @Nullable String stage,
    @Nullable String message,
    @Nullable Map<String, Object> metadata) {

  /** Rejects at once what the server would refuse. */
  public Report {
    if (progress != null && !(progress >= 0 && progress <= 100)) {
      throw new IllegalArgumentException(
          "The progress (%s) must be a percentage from 0 to 100".formatted(progress));
    }
    if ((done == null) != (total == null)) {
      throw new IllegalArgumentException(
          "done (%s) and total (%s) must come together".formatted(done, total));
    }
    if (done != null && total != null && (total < 1 || done < 0 || done > total)) {
      throw new IllegalArgumentException(
          "done (%d) must be from 0 to total (%d), which must be above 0".formatted(done, total));
    }
    Json.sendable("The metadata", metadata);
  }

  /** A percentage. */
  public static Report percent(double percent) {
    return new Report(percent, null, null, null, null, null);
  }

  /** A count of {@code total}. */
  public static Report of(long done, long total) {
    return new Report(null, done, total, null, null, null);
  }

  /** The start of a step. */
  public static Report step(String name) {
    return new Report(null, null, null, name, null, null);
  }

  /** With this step. */
  public Report in(@Nullable String step) {
    return new Report(progress, done, total, step, message, metadata);
  }

  /** With this message. */
  public Report saying(@Nullable String text) {
    return new Report(progress, done, total, stage, text, metadata);
  }

  /** With further data for watchers. */
  public Report with(Map<String, Object> data) {
    return new Report(progress, done, total, stage, message, Map.copyOf(data));
  }

  /** This report with what it does not say taken from an {@code earlier}, unsent one. */
  public Report after(Report earlier) {
    var says = progress != null || done != null;
    return new Report(
        says ? progress : earlier.progress,
        says ? done : earlier.done,
        says ? total : earlier.total,
        stage == null ? earlier.stage : stage,
        message == null ? earlier.message : message,
        metadata == null ? earlier.metadata : metadata);
  }
}
