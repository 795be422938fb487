package dev.headway.fpl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lifecycle;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.server.json.JsonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every frame against its recorded text: a change here is a change of the contract. */
final class AnalysisDialectTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00.123456Z");
  private static final UUID ID = UUID.fromString("01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e");
  private static final String FENCE = "fence";

  private static Job waiting() {
    var spec = JobSpec.of(AnalysisWork.JOB_TYPE, Json.EMPTY_OBJECT, 1L).withMaxAttempts(3);
    var created = Job.create(ID, spec, AnalysisWork.PLAN.steps(), NOW);
    return after(created, new Command.MarkQueued());
  }

  private static Job running(@Nullable Json partial) {
    var claimed = after(waiting(), new Command.Claim("node", FENCE, Duration.ofSeconds(30)));
    var message = "Best plan 50.0, at most 60.0 possible (gap 20.00 %)";
    var report =
        new ProgressReport(72.456789, null, null, "optimizing_transfers", message, partial);
    return after(claimed, new Command.Report(FENCE, report, null));
  }

  private static Job after(Job job, Command command) {
    return ((Decision.Accepted) Lifecycle.decide(job, command, NOW)).next();
  }

  private static String frame(Job job) {
    var snapshot = new Snapshot(TopicName.ofJob(ID), new Cursor("e", 1), job);
    return new AnalysisDialect().state(snapshot).getFirst().asText();
  }

  private static String golden(String name) throws IOException {
    var path = "/dialect/fpl/" + name + ".json";
    try (var in = Objects.requireNonNull(AnalysisDialectTest.class.getResourceAsStream(path))) {
      return JsonCodec.mapper().readTree(in.readAllBytes()).toString();
    }
  }

  @Test
  void state_waiting_isQueuedAtZero() throws IOException {
    assertThat(frame(waiting())).isEqualTo(golden("queued"));
  }

  @Test
  void state_running_isProgressToHundredths() throws IOException {
    assertThat(frame(running(null))).isEqualTo(golden("progress"));
  }

  @Test
  void state_captainKnown_hasItAsPartial() throws IOException {
    var partial = new Json("{\"captaincy\":{\"captain\":{\"player_id\":411}}}");
    assertThat(frame(running(partial))).isEqualTo(golden("partial"));
  }

  @Test
  void heartbeat_running_saysHowFarItIs() throws IOException {
    assertThat(new AnalysisDialect().heartbeat(running(null), NOW).asText())
        .isEqualTo(golden("heartbeat"));
  }

  @Test
  void state_smallDecision_isWhole() throws IOException {
    var result = new Json("{\"primary_decision\":\"ROLL\",\"solver\":{\"gap\":0.0}}");
    assertThat(frame(after(running(null), new Command.Complete(FENCE, result))))
        .isEqualTo(golden("complete"));
  }

  @Test
  void state_largeDecision_isItsSummaryAndWhereTheWholeIs() throws IOException {
    var frame = frame(after(running(null), new Command.Complete(FENCE, large())));
    assertThat(frame.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(10_240);
    assertThat(frame).isEqualTo(golden("complete-large"));
  }

  private static Json large() {
    var decision = JsonCodec.mapper().createObjectNode();
    decision.put("primary_decision", "TRANSFER").put("reasoning", "Sell A for B.");
    decision.put("confidence_score", 0.5).put("confidence_label", "MEDIUM");
    var transfer = decision.putArray("transfer_recommendations").addObject();
    transfer.put("player_out_id", 1).put("player_in_id", 2).put("reasoning", "B scores more");
    decision.putObject("captaincy").putObject("captain").put("player_id", 411);
    var chips = decision.putObject("chip_guidance");
    chips.putNull("chip").put("reasoning", "None is left").putArray("outlook");
    var starter = decision.putObject("optimized_xi").putArray("starters").addObject();
    starter.put("player_id", 411).putObject("explanation").put("form", 2.5);
    decision.put("risk_scenarios", "many ".repeat(2_100));
    return new Json(decision.toString());
  }

  @Test
  void state_failed_saysWhyWithEveryReason() throws IOException {
    var error =
        new JobError(
            ErrorCode.VALIDATION_ERROR,
            "No player is called 'A' (and 1 more)",
            "injury_overrides[0].player_name: No player is called 'A'\nsquad: It is too dear");
    assertThat(frame(after(running(null), new Command.Fail(FENCE, error, false))))
        .isEqualTo(golden("error"));
  }

  @Test
  void state_longestTexts_staysWithinTenKilobytes() {
    var wide = "\u20ac".repeat(3_000);
    var error = new JobError(ErrorCode.EXECUTION_ERROR, wide, wide);
    var failed = after(running(null), new Command.Fail(FENCE, error, false));
    assertThat(frame(failed).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(10_240);
  }

  @Test
  void state_cancelled_isAnErrorOfThatName() throws IOException {
    var asked = after(running(null), new Command.RequestCancel(false));
    assertThat(frame(after(asked, new Command.AcknowledgeCancel(FENCE, null))))
        .isEqualTo(golden("cancelled"));
  }
}
