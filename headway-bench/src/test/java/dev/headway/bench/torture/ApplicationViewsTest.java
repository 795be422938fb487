package dev.headway.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.bench.store.StoredLog.Milestone;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The oracle's teeth at the sockets of schedules and of process control. */
class ApplicationViewsTest {
  private static final List<Milestone> TWO_ATTEMPTS =
      List.of(
          new Milestone(1, "queued"),
          new Milestone(2, "started"),
          new Milestone(3, "attempt_failed"),
          new Milestone(4, "started"),
          new Milestone(5, "completed"));
  private static final List<Long> SAMPLES = List.of(4L, 7L, 8L);

  private static JsonNode progress(int percent) {
    return Api.JSON.readTree("{\"type\":\"progress\",\"progress\":%d}".formatted(percent));
  }

  private static JsonNode end(String type, String error) {
    return Api.JSON.readTree(
        "{\"type\":\"%s\",\"progress\":100,\"error\":{\"code\":\"%s\"}}".formatted(type, error));
  }

  /** Shows a schedule on two connections, of which the second begins with a state. */
  private static Verdicts schedule(List<JsonNode> then) {
    var verdicts = new Verdicts();
    var view = new View("watcher", "schedule", verdicts);
    for (var connection : List.of(List.of(progress(10), progress(50), progress(30)), then)) {
      for (var at = 0; at < connection.size(); at++) {
        view.schedule(connection.get(at), at == 0);
      }
    }
    view.compare(TWO_ATTEMPTS);
    return verdicts;
  }

  @Test
  void schedule_soundHistoryOfTwoAttempts_passes() {
    assertThat(schedule(List.of(progress(90), end("complete", ""))).cases()).isEmpty();
  }

  static Stream<Arguments> defectsOfSchedules() {
    return Stream.of(
        Arguments.of(Violation.FALLING_PERCENT, List.of(progress(20), end("complete", ""))),
        Arguments.of(Violation.SECOND_END, List.of(end("complete", ""), end("complete", ""))),
        Arguments.of(Violation.EVENT_AFTER_THE_END, List.of(end("complete", ""), progress(90))),
        Arguments.of(Violation.OTHER_MILESTONE, List.of(end("error", "CANCELLED"))),
        Arguments.of(Violation.OTHER_MILESTONE, List.of(end("error", "EXECUTION_ERROR"))),
        Arguments.of(Violation.UNSEEN_END, List.of(progress(90))));
  }

  @ParameterizedTest
  @MethodSource("defectsOfSchedules")
  void schedule_plantedDefect_isFound(Violation found, List<JsonNode> then) {
    assertThat(schedule(then).counts()).containsKey(found);
  }

  private static JsonNode sample(long id) {
    return Api.JSON.readTree(
        "{\"type\":\"sample\",\"payload\":{\"sample_id\":%d},\"cursor\":\"life-%d\"}"
            .formatted(id, id));
  }

  private static JsonNode violation(long sample) {
    return Api.JSON.readTree(
        "{\"type\":\"violation\",\"payload\":{\"sample_id\":%d},\"cursor\":\"life-%d\"}"
            .formatted(sample, sample));
  }

  private static ChartView chart(Verdicts verdicts, List<JsonNode> frames) {
    var view = new ChartView("watcher", "1", verdicts);
    frames.forEach(view::show);
    view.compare(SAMPLES);
    return view;
  }

  @Test
  void chart_soundHistoryFromItsSecondSampleOn_passesAndHasItsCursor() {
    var verdicts = new Verdicts();
    var view = chart(verdicts, List.of(sample(7), violation(7), sample(8)));

    assertThat(verdicts.cases()).isEmpty();
    assertThat(view.cursor()).isEqualTo("life-8");
  }

  static Stream<Arguments> defectsOfCharts() {
    return Stream.of(
        Arguments.of(Violation.LOST_SAMPLE, List.of(sample(4), sample(8))),
        Arguments.of(Violation.REPEATED_SAMPLE, List.of(sample(4), sample(7), sample(7))),
        Arguments.of(Violation.REPEATED_SAMPLE, List.of(sample(4), sample(8), sample(7))),
        Arguments.of(Violation.UNSTORED_SAMPLE, List.of(sample(4), sample(7), sample(9))),
        Arguments.of(Violation.EARLY_VIOLATION, List.of(sample(4), violation(7), sample(7))),
        Arguments.of(Violation.LOST_SAMPLE, List.of(sample(4), sample(7))));
  }

  @ParameterizedTest
  @MethodSource("defectsOfCharts")
  void chart_plantedDefect_isFound(Violation found, List<JsonNode> frames) {
    var verdicts = new Verdicts();
    chart(verdicts, frames);

    assertThat(verdicts.counts()).containsKey(found);
  }
}
