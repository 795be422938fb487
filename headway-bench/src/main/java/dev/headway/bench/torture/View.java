package dev.headway.bench.torture;

import dev.headway.bench.store.StoredLog.Milestone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One watcher's view of one job, over all its connections, judged frame by frame and at the end by
 * the stored log. Used by one thread at a time.
 */
final class View {
  private static final Set<String> ENDS = Set.of("completed", "failed", "cancelled");
  private static final Set<String> BETWEEN = Set.of("progress", "log");
  private static final Pattern CURSOR = Pattern.compile("([0-9A-Za-z]+)-([0-9]+)(?:\\..*)?");

  private final String who;
  private final String job;
  private final Verdicts verdicts;
  private final Map<Long, String> milestones = new TreeMap<>();
  private final Map<Integer, Double> reached = new HashMap<>();
  private @Nullable String cursor;
  private String life = "";
  private long milestone;
  private boolean ended;
  private int attempts = 1;
  private @Nullable String end;

  View(String who, String job, Verdicts verdicts) {
    this.who = who;
    this.job = job;
    this.verdicts = verdicts;
  }

  /** The place to resume from; null before the first. */
  synchronized @Nullable String cursor() {
    return cursor;
  }

  synchronized boolean ended() {
    return ended;
  }

  /**
   * The begin of a subscription.
   *
   * @param after the cursor that was sent
   * @param from the cursor that came back
   * @param snapshot the state; missing where the server says that it resumed
   */
  synchronized void began(@Nullable String after, String from, JsonNode snapshot) {
    var resumed = !snapshot.isObject();
    if (resumed ? !from.equals(after) : after != null) {
      found(Violation.WRONG_RECOVERED, "asked for %s, got %s".formatted(after, from));
    }
    moveTo(from);
    if (!resumed) {
      show(snapshot);
      ended |= ENDS.contains(snapshot.path("status").asString(""));
    }
  }

  /** An event. */
  synchronized void event(JsonNode frame) {
    var type = frame.path("type").asString("");
    var before = milestone;
    var from = cursor;
    if (ended) {
      found(
          ENDS.contains(type) ? Violation.SECOND_END : Violation.EVENT_AFTER_THE_END,
          "%s at %s after %s".formatted(type, frame.path("cursor").asString(""), from));
    }
    moveTo(frame.path("cursor").asString(""));
    var expected = BETWEEN.contains(type) ? before : before + 1;
    if (milestone > expected) {
      found(Violation.LOST_MILESTONE, "from %s to %s (%s)".formatted(from, cursor, type));
    } else if (milestone < expected) {
      found(Violation.REPEATED_MILESTONE, "from %s to %s (%s)".formatted(from, cursor, type));
    }
    if (!BETWEEN.contains(type)) {
      milestones.put(milestone, type);
    }
    if (!type.equals("log")) {
      show(frame.path("data"));
    }
    ended |= ENDS.contains(type);
  }

  private void moveTo(String text) {
    var parts = CURSOR.matcher(text);
    if (!parts.matches() || !(life.isEmpty() || life.equals(parts.group(1)))) {
      found(Violation.OTHER_LIFE, "%s after %s".formatted(text, cursor));
      return;
    }
    cursor = text;
    life = parts.group(1);
    milestone = Long.parseLong(parts.group(2));
  }

  /**
   * A frame of the jobs channel.
   *
   * @param first whether it is the first of its connection: the present state
   */
  synchronized void channel(JsonNode frame, boolean first) {
    var status = frame.path("status").asString("");
    var isEnd = ENDS.contains(status);
    if (ended && !first) {
      found(isEnd ? Violation.SECOND_END : Violation.EVENT_AFTER_THE_END, status);
    }
    show(frame.path("progress"), frame.at("/metadata/attempt").asInt(0));
    if (isEnd) {
      ended = true;
      end = status;
    }
  }

  /**
   * A frame of a schedule's channel, which does not say of which attempt it is.
   *
   * @param first whether it is the first of its connection: the present state
   */
  synchronized void schedule(JsonNode frame, boolean first) {
    var status =
        switch (frame.path("type").asString("")) {
          case "complete" -> "completed";
          case "error" ->
              frame.at("/error/code").asString("").equals("CANCELLED") ? "cancelled" : "failed";
          default -> "";
        };
    if (ended && !first) {
      found(
          status.isEmpty() ? Violation.EVENT_AFTER_THE_END : Violation.SECOND_END,
          frame.path("type").asString(""));
    }
    if (status.isEmpty()) {
      var percent = frame.path("progress").asDouble(0);
      if (percent < reached.getOrDefault(attempts, 0.0)) {
        attempts++; // if it was none, there are too few stored
      }
      reached.put(attempts, percent);
    } else {
      ended = true;
      end = status;
    }
  }

  private void show(JsonNode state) {
    show(state.path("percent"), state.path("attempt").asInt(0));
  }

  private void show(JsonNode percent, int attempt) {
    if (percent.isNumber()) {
      var now = percent.asDouble();
      var most = reached.merge(attempt, now, Math::max);
      if (now < most) {
        found(Violation.FALLING_PERCENT, "from %s to %s at %s".formatted(most, now, cursor));
      }
    }
  }

  /** Compares what was shown with what is stored of an ended job. */
  synchronized void compare(List<Milestone> stored) {
    if (!ended) {
      found(Violation.UNSEEN_END, "at %s of %d".formatted(cursor, stored.size()));
    }
    var last = stored.isEmpty() ? "nothing" : stored.getLast().type();
    if (end != null && !end.equals(last)) {
      found(Violation.OTHER_MILESTONE, "the end %s is %s".formatted(end, last));
    }
    var begun = stored.stream().filter(each -> each.type().equals("started")).count();
    if (attempts > Math.max(1, begun)) {
      found(Violation.FALLING_PERCENT, "%d times in %d attempts".formatted(attempts - 1, begun));
    }
    milestones.forEach((number, type) -> {
      if (number > stored.size()) {
        found(Violation.UNSTORED_MILESTONE, number + " " + type);
      } else if (number > 0 && !stored.get((int) (number - 1)).type().equals(type)) {
        found(
            Violation.OTHER_MILESTONE,
            "%d %s is %s".formatted(number, type, stored.get((int) (number - 1)).type()));
      }
    });
  }

  private void found(Violation violation, String detail) {
    verdicts.found(violation, "%s, job %s: %s".formatted(who, job, detail));
  }
}
