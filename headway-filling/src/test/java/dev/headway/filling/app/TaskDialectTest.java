package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lifecycle;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Plan.Step;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.json.JsonCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every frame against its recorded text: a change here is a change of the contract. */
final class TaskDialectTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00.123456Z");
  private static final UUID ID = UUID.fromString("01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e");
  private static final String FENCE = "fence";

  private static Job waiting(TaskKind kind) {
    var spec = JobSpec.of(kind.jobType(), Json.EMPTY_OBJECT, 1L).withMaxAttempts(3);
    var created = Job.create(ID, spec, Step.equal(List.of("loading", "validating")), NOW);
    return after(created, new Command.MarkQueued());
  }

  private static Job running(TaskKind kind, String step, double percent, String message) {
    var claimed = after(waiting(kind), new Command.Claim("node", FENCE, Duration.ofSeconds(30)));
    var report = new ProgressReport(percent, null, null, step, message, null);
    return after(claimed, new Command.Report(FENCE, report, null));
  }

  private static Job after(Job job, Command command) {
    return ((Decision.Accepted) Lifecycle.decide(job, command, NOW)).next();
  }

  private static String frame(TaskKind kind, Job job) {
    var snapshot = new Snapshot(TopicName.ofJob(ID), new Cursor("e", 1), job);
    return new TaskDialect(kind).state(snapshot).getFirst().asText();
  }

  private static String golden(String name) throws IOException {
    var path = "/dialect/filling/" + name + ".json";
    try (var in = Objects.requireNonNull(TaskDialectTest.class.getResourceAsStream(path))) {
      return JsonCodec.mapper().readTree(in.readAllBytes()).toString();
    }
  }

  @Test
  void state_waiting_isLoadingAtZero() throws IOException {
    assertThat(frame(TaskKind.SCHEDULE, waiting(TaskKind.SCHEDULE))).isEqualTo(golden("waiting"));
  }

  @Test
  void state_running_isProgressRoundedDown() throws IOException {
    var job = running(TaskKind.SCHEDULE, "planning", 87.99, "14 of 15 lots placed");
    assertThat(frame(TaskKind.SCHEDULE, job)).isEqualTo(golden("progress"));
  }

  @Test
  void ping_running_repeatsTheProgress() throws IOException {
    var job = running(TaskKind.SCHEDULE, "planning", 87.99, "14 of 15 lots placed");
    assertThat(new TaskDialect(TaskKind.SCHEDULE).heartbeat(job, NOW).asText())
        .isEqualTo(golden("ping"));
  }

  @Test
  void state_completedSchedule_hasItsResult() throws IOException {
    var result =
        new Json(
            """
            {"schedule_id":12,"makespan":145.5,"utilization":0.87,"changeovers":12,\
            "kpis":{"makespan_hours":145.5,"utilization_percent":87.0,"changeover_count":12,\
            "avg_lot_duration":12.1}}\
            """);
    var job = running(TaskKind.SCHEDULE, "saving", 90, "Saving the schedule");
    assertThat(frame(TaskKind.SCHEDULE, after(job, new Command.Complete(FENCE, result))))
        .isEqualTo(golden("complete"));
  }

  @Test
  void state_completedComparison_hasItsResult() throws IOException {
    var result =
        new Json(
            """
            {"comparison_id":3,"best_strategy":"cfs-pack","best_makespan":145.5,\
            "recommendation":"Use cfs-pack.","strategies":[{"strategy":"cfs-pack",\
            "makespan":145.5,"utilization":0.87,"changeovers":12,"execution_time":0.02}]}\
            """);
    var job = running(TaskKind.COMPARISON, "saving", 95, "Saving the comparison");
    assertThat(frame(TaskKind.COMPARISON, after(job, new Command.Complete(FENCE, result))))
        .isEqualTo(golden("comparison-complete"));
  }

  @Test
  void state_failed_saysWhereAndWhy() throws IOException {
    var job = running(TaskKind.SCHEDULE, "validating", 30, "Checking the lots and the rules");
    var message = "Lot 'LOT-001' has invalid fill_hours: -5 (and 1 more)";
    var details = "Lot 'LOT-001' has invalid fill_hours: -5";
    var error = new JobError(ErrorCode.INVALID_INPUT, message, details);
    assertThat(frame(TaskKind.SCHEDULE, after(job, new Command.Fail(FENCE, error, false))))
        .isEqualTo(golden("error"));
  }

  @Test
  void state_cancelled_isAnErrorOfThatCode() throws IOException {
    var asked =
        after(
            running(TaskKind.SCHEDULE, "planning", 60, "4 of 15 lots placed"),
            new Command.RequestCancel(false));
    assertThat(frame(TaskKind.SCHEDULE, after(asked, new Command.AcknowledgeCancel(FENCE, null))))
        .isEqualTo(golden("cancelled"));
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void state_anyFailure_hasACodeOfTheContract(ErrorCode code) {
    var job = running(TaskKind.COMPARISON, "strategy_1", 20, "Running");
    var failed = after(job, new Command.Fail(FENCE, JobError.of(code, "No"), false));
    assertThat(
            JsonCodec.mapper()
                .readTree(frame(TaskKind.COMPARISON, failed))
                .path("error")
                .path("code")
                .asString())
        .isIn(
            "VALIDATION_ERROR",
            "AUTHENTICATION_ERROR",
            "AUTHORIZATION_ERROR",
            "NOT_FOUND",
            "EXECUTION_ERROR",
            "TIMEOUT_ERROR",
            "CONNECTION_ERROR",
            "CANCELLED");
  }

  @Test
  void state_longestTexts_staysWithinTenKilobytes() {
    var wide = "\u20ac".repeat(3_000);
    var job = running(TaskKind.SCHEDULE, "planning", 60, wide);
    var error = new JobError(ErrorCode.EXECUTION_ERROR, wide, wide);
    var failed = after(job, new Command.Fail(FENCE, error, false));
    for (var state : List.of(job, failed)) {
      assertThat(Frame.text(frame(TaskKind.SCHEDULE, state)).bytes()).hasSizeLessThan(10_241);
    }
  }
}
