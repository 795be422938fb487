package dev.headway.client.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.client.http.LeaseLostException;
import dev.headway.client.time.ThreadScheduler;
import dev.headway.client.time.Timing;
import dev.headway.testkit.ManualClock;
import dev.headway.testkit.ManualTimer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClaimedJobTest {
  private static final String LEASE_LOST =
      "{\"detail\":\"The lease was lost\",\"code\":\"LEASE_LOST\",\"request_id\":\"r\"}";

  private final ManualClock clock = ManualClock.atNoon();
  private final ManualTimer timer = new ManualTimer(clock);
  private final StubServer server = new StubServer();
  private final PumpSettings settings =
      new PumpSettings(
          new Timing(clock, (delay, task) -> timer.schedule(delay, task)::run, new Random(7)),
          Duration.ofMillis(100),
          50);
  private final ReportPump pump =
      new ReportPump(
          lost -> {
            if (lost != null) {
              throw lost;
            }
            var claim = Claim.from("q").longPoll(Duration.ZERO);
            return Lease.take(server.rest(), claim).orElseThrow();
          },
          settings);

  @AfterEach
  void stop() {
    server.close();
  }

  private void start() {
    pump.start();
    timer.runDue();
  }

  @Test
  void take_queueTypesAndLease_areAskedFor() {
    Lease.take(
        server.rest(),
        Claim.from("media").types("probe", "hash").as("w1").lease(Duration.ofSeconds(9)));
    assertThat(server.calls("claim").getFirst().body().toString())
        .isEqualTo(
            "{\"queue\":\"media\",\"worker_id\":\"w1\",\"lease_seconds\":9.0,"
                + "\"wait_seconds\":20.0,\"job_types\":[\"probe\",\"hash\"]}");
  }

  @Test
  void take_noJob_isEmpty() {
    server.answer(204, "");
    assertThat(Lease.take(server.rest(), Claim.from("q"))).isEmpty();
  }

  @Test
  void report_manyInAMoment_areJoinedAndTheLastIsNotLost() {
    start();
    for (var i = 0; i < 1_000; i++) {
      pump.report(Report.percent(i / 10.0).saying("item " + i));
    }
    timer.advance(Duration.ofMillis(100));
    var reports = server.calls("progress");
    assertThat(reports.size()).isLessThanOrEqualTo(3);
    assertThat(reports.getLast().body().path("progress").asDouble()).isEqualTo(99.9);
    assertThat(reports.getLast().body().path("message").asString()).isEqualTo("item 999");
  }

  @Test
  void report_stepThenPercent_joinsBoth() {
    start();
    pump.report(Report.step("packing"));
    pump.report(Report.of(2, 5).saying("two"));
    timer.advance(Duration.ofMillis(100));
    assertThat(server.calls("progress").getLast().body().toString())
        .isEqualTo(
            "{\"done\":2,\"total\":5,\"stage\":\"packing\",\"message\":\"two\",\"lease\":\"l1\"}");
  }

  @Test
  void silence_longerThanAThirdOfTheLease_renewsIt() {
    start();
    timer.advance(Duration.ofSeconds(31));
    assertThat(server.calls("progress")).hasSizeBetween(4, 5);
    assertThat(server.calls("progress").getLast().body().toString())
        .isEqualTo("{\"lease\":\"l1\"}");
  }

  @Test
  void serverAway_thenBack_bringsTheNewestReportAndABoundedLog() {
    start();
    server.away(true);
    for (var i = 0; i < 500; i++) {
      pump.report(Report.percent(i / 10.0));
      pump.log(Output.log("line " + i));
      timer.advance(Duration.ofMillis(120));
    }
    server.away(false);
    timer.advance(Duration.ofSeconds(11));
    var lines = server.calls("logs").getFirst().body().path("lines");
    assertThat(lines.size()).isEqualTo(51);
    assertThat(lines.get(0).path("text").asString())
        .isEqualTo("[headway] 450 lines were left out here");
    assertThat(lines.get(50).path("text").asString()).isEqualTo("line 499");
    assertThat(server.calls("progress").getLast().body().path("progress").asDouble()).isIn(49.9);
  }

  @Test
  void leaseLost_isToldToTheWorker() {
    start();
    server.answer(409, LEASE_LOST);
    pump.report(Report.percent(10));
    timer.advance(Duration.ofSeconds(1));
    assertThat(pump.ended()).isCompletedExceptionally();
    assertThatThrownBy(() -> pump.ended().join()).hasCauseInstanceOf(LeaseLostException.class);
    var calls = server.paths().size();
    timer.advance(Duration.ofHours(1));
    assertThat(server.paths()).hasSize(calls);
  }

  @Test
  void cancelRequested_inAReply_isToldOnce() {
    start();
    var told = new AtomicInteger();
    pump.onCancel(told::incrementAndGet);
    server.answer(200, StubServer.CANCELLED);
    server.answer(200, StubServer.CANCELLED);
    pump.report(Report.percent(10));
    timer.advance(Duration.ofMillis(100));
    pump.report(Report.percent(11));
    timer.advance(Duration.ofMillis(100));
    assertThat(told).hasValue(1);
    assertThat(pump.cancelRequested()).isTrue();
  }

  @Test
  void end_afterReportsAndLines_comesLast() {
    start();
    pump.log(Output.log("last words"));
    pump.report(Report.percent(99));
    var ended = pump.end(new End.Completed(Map.of("frames", 15)));
    timer.runDue();
    assertThat(ended).isCompleted();
    assertThat(server.paths()).endsWith("logs", "progress", "complete");
    assertThat(server.calls("complete").getFirst().body().path("result").toString())
        .isEqualTo("{\"frames\":15}");
  }

  @Test
  void end_serverAwayForAMinute_isDeliveredWhenItReturns() {
    start();
    server.away(true);
    var ended = pump.end(new End.Failed("broken", "", false));
    timer.advance(Duration.ofMinutes(1));
    assertThat(ended).isNotDone();
    server.away(false);
    timer.advance(Duration.ofSeconds(10));
    assertThat(ended).isCompleted();
    assertThat(server.calls("fail")).hasSize(1);
  }

  @Test
  void end_answerLostOnTheWay_isNotTakenForARefusal() {
    start();
    server.loseAnswerOf("complete");
    var ended = pump.end(new End.Completed(1));
    timer.runDue();
    server.jobIs("completed");
    server.answer(409, LEASE_LOST);
    timer.advance(Duration.ofSeconds(10));
    assertThat(ended).isCompleted().isNotCompletedExceptionally();
  }

  @Test
  void report_serverCannotTakeIt_isDroppedAndTheNextGoesThrough() {
    start();
    server.answer(422, "{\"detail\":\"metadata is too long\",\"code\":\"VALIDATION_ERROR\"}");
    pump.report(Report.percent(10));
    timer.advance(Duration.ofMillis(100));
    pump.report(Report.percent(20));
    timer.advance(Duration.ofMillis(100));
    assertThat(server.calls("progress").getLast().body().path("progress").asDouble()).isEqualTo(20);
    assertThat(pump.ended()).isNotDone();
  }

  @Test
  void log_serverCannotTakeTheLines_leavesALineThatSaysSo() {
    start();
    server.answer(422, "{\"detail\":\"no such line\",\"code\":\"VALIDATION_ERROR\"}");
    pump.log(Output.log("poison"));
    timer.advance(Duration.ofMillis(100));
    pump.log(Output.log("after"));
    timer.advance(Duration.ofMillis(200));
    var lines = server.calls("logs").getLast().body().path("lines");
    assertThat(lines.get(0).path("text").asString())
        .isEqualTo("[headway] 1 lines were refused here: no such line");
    assertThat(pump.ended()).isNotDone();
  }

  @Test
  void end_resultTooLarge_isSaidAtOnceAndTheAttemptGoesOn() {
    start();
    server.answer(413, "{\"detail\":\"The body is too large\",\"code\":\"PAYLOAD_TOO_LARGE\"}");
    var refused = pump.end(new End.Completed("x"));
    timer.runDue();
    assertThat(refused).isCompletedExceptionally();
    pump.report(Report.percent(90));
    timer.advance(Duration.ofMillis(100));
    assertThat(server.calls("progress").getLast().body().path("progress").asDouble()).isEqualTo(90);
    var second = pump.end(new End.Completed(Map.of("file", "big.bin")));
    timer.runDue();
    assertThat(second).isCompleted().isNotCompletedExceptionally();
    assertThat(server.calls("complete")).hasSize(2);
  }

  @Test
  void values_thatJsonCannotHold_areRefusedWhereTheyAreGiven() {
    assertThatThrownBy(() -> Report.percent(1).with(Map.of("v", Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The metadata holds");
    assertThatThrownBy(() -> new End.Completed(Map.of("v", new Circle())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The result cannot be written as JSON");
    assertThatThrownBy(() -> new End.Cancelled(Float.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A value that holds itself. */
  private static final class Circle {
    @SuppressWarnings({"unused", "EffectivelyPrivate"}) // Jackson reads public accessors
    public Circle getSelf() {
      return this;
    }
  }

  @Test
  void report_notAPercentage_isRefusedBeforeItIsSent() {
    for (var wrong : new double[] {150, -1, Double.NaN}) {
      assertThatThrownBy(() -> Report.percent(wrong)).hasMessageContaining("from 0 to 100");
    }
    assertThatThrownBy(() -> Report.of(6, 5)).hasMessageContaining("done (6)");
  }

  @Test
  void run_cancelledWork_isAcknowledged() {
    try (var scheduler = new ThreadScheduler()) {
      var live =
          PumpSettings.standard(new Timing(InstantSource.system(), scheduler, new Random(7)));
      var lease = Lease.take(server.rest(), Claim.from("q")).orElseThrow();
      try (var job =
          ClaimedJob.keep(
              lease,
              live,
              (claimed, onCancel) -> {
                onCancel.run();
                return () -> {};
              })) {
        job.run(open -> {
          open.throwIfCancelled();
          throw new AssertionError("not cancelled");
        });
      }
    }
    assertThat(server.paths()).contains("cancelled").doesNotContain("fail", "complete");
  }

  @Test
  void run_workThrows_failsTheJobWithItsMessage() {
    try (var scheduler = new ThreadScheduler()) {
      var live =
          PumpSettings.standard(new Timing(InstantSource.system(), scheduler, new Random(7)));
      var lease = Lease.take(server.rest(), Claim.from("q")).orElseThrow();
      try (var job = ClaimedJob.keep(lease, live, CancelWatch.NONE)) {
        job.run(open -> {
          throw new CancellationException("no such file");
        });
      }
    }
    assertThat(server.calls("fail").getFirst().body().path("error").asString())
        .isEqualTo("no such file");
  }

  @Test
  void run_workThrows_mayBeTriedAgainUnlessTheFailureIsPermanent() {
    assertThat(retryable(new IllegalStateException("disk away"))).isTrue();
    assertThat(retryable(new PermanentFailureException("no such film"))).isFalse();
  }

  private boolean retryable(RuntimeException failure) {
    try (var scheduler = new ThreadScheduler()) {
      var live =
          PumpSettings.standard(new Timing(InstantSource.system(), scheduler, new Random(7)));
      var lease = Lease.take(server.rest(), Claim.from("q")).orElseThrow();
      try (var job = ClaimedJob.keep(lease, live, CancelWatch.NONE)) {
        job.run(open -> {
          throw failure;
        });
      }
    }
    return server.calls("fail").getLast().body().path("retryable").asBoolean();
  }

  @Test
  void close_withoutAnEnd_failsTheAttemptSoThatAnotherMayFollow() {
    try (var scheduler = new ThreadScheduler()) {
      var live =
          PumpSettings.standard(new Timing(InstantSource.system(), scheduler, new Random(7)));
      var lease = Lease.take(server.rest(), Claim.from("q")).orElseThrow();
      try (var job = ClaimedJob.keep(lease, live, CancelWatch.NONE)) {
        job.progress(50, "half");
      }
    }
    var body = server.calls("fail").getFirst().body();
    assertThat(body.path("retryable").asBoolean()).isTrue();
  }
}
