package dev.headway.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.bench.store.StoredLog.Milestone;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The oracle's teeth: a sound history passes, and each defect that is planted in it is found. */
class ViewTest {
  private static final List<Milestone> STORED =
      List.of(
          new Milestone(1, "queued"),
          new Milestone(2, "started"),
          new Milestone(3, "attempt_failed"),
          new Milestone(4, "started"),
          new Milestone(5, "completed"));

  /** The frames that a watcher is shown of a job: a snapshot, and then the events after it. */
  static final class History {
    String snapshot = "{\"status\":\"queued\",\"attempt\":0,\"percent\":0}";
    final List<String> events =
        new ArrayList<>(
            List.of(
                event("life-2", "started", 1, 0),
                event("life-2.1", "progress", 1, 30),
                event("life-2.2", "progress", 1, 60),
                event("life-3.2", "attempt_failed", 1, 60),
                event("life-4.2", "started", 2, 0),
                event("life-4.3", "progress", 2, 40),
                event("life-5.3", "completed", 2, 100)));
    int cutAfter = 3;
    String resumedAt = "life-2.2";
    String snapshotAtResume = "null";
    List<Milestone> stored = STORED;
  }

  private static String event(String cursor, String type, int attempt, int percent) {
    return """
    {"cursor":"%s","type":"%s","data":{"attempt":%d,"percent":%d}}\
    """
        .formatted(cursor, type, attempt, percent);
  }

  private static JsonNode json(String text) {
    return Api.JSON.readTree(text);
  }

  private static Verdicts judged(History history) {
    var verdicts = new Verdicts();
    var view = new View("watcher", "job", verdicts);
    view.began(null, "life-1", json(history.snapshot));
    for (var at = 0; at < history.events.size(); at++) {
      if (at == history.cutAfter) {
        view.began(view.cursor(), history.resumedAt, json(history.snapshotAtResume));
      }
      view.event(json(history.events.get(at)));
    }
    view.compare(history.stored);
    Round.judge("job", history.stored, verdicts);
    return verdicts;
  }

  @Test
  void soundHistory_overACutConnection_passes() {
    assertThat(judged(new History()).cases()).isEmpty();
  }

  private static Arguments defect(String name, Violation found, Consumer<History> planted) {
    return Arguments.of(name, found, planted);
  }

  static Stream<Arguments> defects() {
    return Stream.concat(defectsOfMilestones(), defectsOfStates());
  }

  private static Stream<Arguments> defectsOfMilestones() {
    return Stream.of(
        defect(
            "a gap is not read again: a milestone is missing",
            Violation.LOST_MILESTONE,
            history -> history.events.remove(3)),
        defect(
            "a milestone is conflated with the progress after it",
            Violation.LOST_MILESTONE,
            history -> history.events.remove(4)),
        defect(
            "the subscription begins after the read: what lies between is not shown",
            Violation.LOST_MILESTONE,
            history -> history.events.removeFirst()),
        defect(
            "the subscription begins before the read: an event is shown twice",
            Violation.REPEATED_MILESTONE,
            history -> history.events.add(1, history.events.getFirst())),
        defect(
            "a number is given twice by two nodes",
            Violation.REPEATED_MILESTONE,
            history -> history.events.set(4, event("life-3.2", "cancel_requested", 1, 60))),
        defect(
            "two nodes show different milestones under one number",
            Violation.OTHER_MILESTONE,
            history -> history.events.set(3, event("life-3.2", "stalled", 1, 60))),
        defect(
            "a milestone is published before its commit, which fails",
            Violation.UNSTORED_MILESTONE,
            history -> history.stored = STORED.subList(0, 4)),
        defect(
            "a number is left out of the stored log",
            Violation.HOLE_IN_THE_LOG,
            history ->
                history.stored =
                    Stream.of(
                            STORED.subList(0, 2),
                            List.of(new Milestone(4, "attempt_failed")),
                            List.of(new Milestone(5, "started")),
                            List.of(new Milestone(6, "completed")))
                        .flatMap(List::stream)
                        .toList()),
        defect(
            "a stale lease is accepted: the job ends twice",
            Violation.SECOND_END,
            history -> history.events.add(event("life-6.3", "failed", 1, 60))),
        defect(
            "a stale lease is accepted: two ends are stored",
            Violation.SECOND_END,
            history ->
                history.stored =
                    Stream.concat(STORED.stream(), Stream.of(new Milestone(6, "failed"))).toList()),
        defect(
            "a stale lease is accepted: a report follows the end",
            Violation.EVENT_AFTER_THE_END,
            history -> history.events.add(event("life-5.4", "progress", 2, 100))));
  }

  private static Stream<Arguments> defectsOfStates() {
    return Stream.of(
        defect(
            "an old checkpoint overwrites a newer one",
            Violation.FALLING_PERCENT,
            history -> history.events.set(2, event("life-2.2", "progress", 1, 20))),
        defect(
            "the snapshot of a node that is behind is shown",
            Violation.FALLING_PERCENT,
            history ->
                history.snapshotAtResume =
                    "{\"status\":\"in_progress\",\"attempt\":1,\"percent\":10}"),
        defect(
            "a cursor is not taken although nothing of it is lost",
            Violation.WRONG_RECOVERED,
            history ->
                history.snapshotAtResume =
                    "{\"status\":\"in_progress\",\"attempt\":1,\"percent\":60}"),
        defect(
            "recovered is said of another place",
            Violation.WRONG_RECOVERED,
            history -> history.resumedAt = "life-2.1"),
        defect(
            "a node has a life of its own",
            Violation.OTHER_LIFE,
            history -> history.events.set(5, event("other-4.3", "progress", 2, 40))),
        defect(
            "the end is not shown", Violation.UNSEEN_END, history -> history.events.removeLast()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("defects")
  void plantedDefect_isFound(String name, Violation found, Consumer<History> planted) {
    var history = new History();
    planted.accept(history);

    assertThat(judged(history).counts()).as(name).containsKey(found);
  }

  private static JsonNode frame(String status, int attempt, int percent) {
    return json(
        """
        {"type":"progress","status":"%s","progress":%d,"metadata":{"attempt":%d}}\
        """
            .formatted(status, percent, attempt));
  }

  /** Shows the jobs channel on two connections, of which the second begins with a state. */
  private static Verdicts channel(
      List<Milestone> stored, List<JsonNode> first, List<JsonNode> then) {
    var verdicts = new Verdicts();
    var view = new View("watcher", "job", verdicts);
    for (var connection : List.of(first, then)) {
      for (var at = 0; at < connection.size(); at++) {
        view.channel(connection.get(at), at == 0);
      }
    }
    view.compare(stored);
    return verdicts;
  }

  @Test
  void channel_soundHistory_passes() {
    var first = List.of(frame("queued", 1, 0), frame("in_progress", 1, 60));
    var then = List.of(frame("in_progress", 2, 0), frame("completed", 2, 100));
    assertThat(channel(STORED, first, then).cases()).isEmpty();
  }

  static Stream<Arguments> defectsOfTheChannel() {
    return Stream.of(
        Arguments.of(
            Violation.FALLING_PERCENT,
            List.of(frame("in_progress", 2, 40), frame("completed", 2, 100))),
        Arguments.of(
            Violation.SECOND_END, List.of(frame("completed", 2, 100), frame("failed", 2, 100))),
        Arguments.of(
            Violation.EVENT_AFTER_THE_END,
            List.of(frame("completed", 2, 100), frame("in_progress", 2, 100))),
        Arguments.of(Violation.OTHER_MILESTONE, List.of(frame("failed", 2, 60))),
        Arguments.of(Violation.UNSEEN_END, List.of(frame("in_progress", 2, 60))));
  }

  @ParameterizedTest
  @MethodSource("defectsOfTheChannel")
  void channel_plantedDefect_isFound(Violation found, List<JsonNode> then) {
    var first = List.of(frame("in_progress", 2, 50));

    assertThat(channel(STORED, first, then).counts()).containsKey(found);
  }
}
