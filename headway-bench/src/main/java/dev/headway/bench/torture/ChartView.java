package dev.headway.bench.torture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One watcher's view of the samples of one characteristic, over all its connections. Thread-safe.
 */
final class ChartView {
  private final String who;
  private final String characteristic;
  private final Verdicts verdicts;
  private final List<Long> samples = new ArrayList<>();
  private @Nullable String cursor;

  ChartView(String who, String characteristic, Verdicts verdicts) {
    this.who = who;
    this.characteristic = characteristic;
    this.verdicts = verdicts;
  }

  /** The place to resume from; null before the first. */
  synchronized @Nullable String cursor() {
    return cursor;
  }

  /** The newest sample that was shown; 0 before the first. */
  synchronized long newest() {
    return samples.isEmpty() ? 0 : samples.getLast();
  }

  /** A frame of the socket. */
  synchronized void show(JsonNode frame) {
    var type = frame.path("type").asString("");
    var sample = frame.at("/payload/sample_id").asLong(0);
    if (type.equals("sample")) {
      if (sample <= newest()) {
        found(Violation.REPEATED_SAMPLE, "%d after %s".formatted(sample, samples));
      }
      samples.add(sample);
    } else if (type.equals("violation") && sample > newest()) {
      found(Violation.EARLY_VIOLATION, "of sample %d after %s".formatted(sample, samples));
    }
    cursor = frame.path("cursor").asString(cursor);
  }

  /** Compares what was shown with what is stored, from the first sample that was shown on. */
  synchronized void compare(List<Long> stored) {
    var first = samples.isEmpty() ? 0 : samples.getFirst();
    var expected = stored.stream().filter(sample -> sample >= first).toList();
    var missing = expected.stream().filter(sample -> !samples.contains(sample)).toList();
    var unstored = samples.stream().filter(sample -> !stored.contains(sample)).toList();
    if (!missing.isEmpty()) {
      found(Violation.LOST_SAMPLE, "%s of %s".formatted(missing, stored));
    }
    if (!unstored.isEmpty()) {
      found(Violation.UNSTORED_SAMPLE, unstored.toString());
    }
  }

  private void found(Violation violation, String detail) {
    verdicts.found(violation, "%s, characteristic %s: %s".formatted(who, characteristic, detail));
  }
}
