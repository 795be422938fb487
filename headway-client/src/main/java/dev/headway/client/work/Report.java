package dev.headway.client.work;

import dev.headway.client.http.Json;
import dev.headway.client.job.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A progress report. What is null stays as it was reported before.
 *
 * @param progress percent, 0 to 100; not a fraction
 * @param done how many of {@code total} are done
 * @param total how many there are
 * @param stage the step
 * @param message for a person
 * @param metadata anything else, at most 4,096 characters of JSON
 * @param checkpoint what the next attempt would go on from: anything that JSON can hold, at most
 *     65,536 bytes of it
 * @param steps the job's steps, which are declared once; {@code done} counts within one
 */
public record Report(
    @Nullable Double progress,
    @Nullable Long done,
    @Nullable Long total,
    @Nullable String stage,
    @Nullable String message,
    @Nullable Map<String, Object> metadata,
    @Nullable Object checkpoint,
    @Nullable List<Step> steps) {

  private static final int MOST_CHECKPOINT = 65_536;

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
    checkpoint = checkpoint == null ? null : kept(checkpoint);
    steps = steps == null ? null : Step.declared(steps);
  }

  private static JsonNode kept(Object state) {
    var tree = Json.sendable("The checkpoint", state);
    var bytes = Json.write(tree).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_CHECKPOINT) {
      throw new IllegalArgumentException(
          "The checkpoint has %d bytes; at most %d are kept. Store it elsewhere and keep its address"
              .formatted(bytes, MOST_CHECKPOINT));
    }
    return tree;
  }

  /** A percentage. */
  public static Report percent(double percent) {
    return new Report(percent, null, null, null, null, null, null, null);
  }

  /** A count of {@code total}. */
  public static Report of(long done, long total) {
    return new Report(null, done, total, null, null, null, null, null);
  }

  /** A message. */
  public static Report message(String text) {
    return new Report(null, null, null, null, text, null, null, null);
  }

  /** The steps of a job. */
  public static Report steps(Step... steps) {
    return new Report(null, null, null, null, null, null, null, List.of(steps));
  }

  /** The start of a step. */
  public static Report step(String name) {
    return new Report(null, null, null, name, null, null, null, null);
  }

  /** With this step. */
  public Report in(@Nullable String step) {
    return new Report(progress, done, total, step, message, metadata, checkpoint, steps);
  }

  /** With a count within the step. */
  public Report counting(long items, long of) {
    return new Report(progress, items, of, stage, message, metadata, checkpoint, steps);
  }

  /** With the steps of the job. */
  public Report declaring(List<Step> declared) {
    return new Report(progress, done, total, stage, message, metadata, checkpoint, declared);
  }

  /** With this message. */
  public Report saying(@Nullable String text) {
    return new Report(progress, done, total, stage, text, metadata, checkpoint, steps);
  }

  /** With further data for watchers. */
  public Report with(Map<String, Object> data) {
    return new Report(progress, done, total, stage, message, Map.copyOf(data), checkpoint, steps);
  }

  /** With what the next attempt would go on from, should this one come to nothing. */
  public Report keeping(Object state) {
    return new Report(progress, done, total, stage, message, metadata, state, steps);
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
        metadata == null ? earlier.metadata : metadata,
        checkpoint == null ? earlier.checkpoint : checkpoint,
        steps == null ? earlier.steps : steps);
  }
}
