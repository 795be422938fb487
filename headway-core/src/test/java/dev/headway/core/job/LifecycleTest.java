package dev.headway.core.job;

import static dev.headway.core.job.JobSamples.ERROR;
import static dev.headway.core.job.JobSamples.FENCE;
import static dev.headway.core.job.JobSamples.LEASE;
import static dev.headway.core.job.JobSamples.T0;
import static dev.headway.core.job.JobSamples.accepted;
import static dev.headway.core.job.JobSamples.after;
import static dev.headway.core.job.JobSamples.asked;
import static dev.headway.core.job.JobSamples.claimed;
import static dev.headway.core.job.JobSamples.pending;
import static dev.headway.core.job.JobSamples.queued;
import static dev.headway.core.job.JobSamples.report;
import static dev.headway.core.job.JobSamples.running;
import static dev.headway.core.job.JobSamples.spec;
import static dev.headway.core.job.JobSamples.stalled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Decision.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The effects of transitions, beyond the table of {@link LifecycleTableTest}. */
class LifecycleTest {
  @Test
  void create_newJob_waitsInItsFirstStepAtZero() {
    var job = pending(3);

    assertThat(job.status()).isEqualTo(JobStatus.PENDING);
    assertThat(job.attempt()).isEqualTo(1);
    assertThat(job.version()).isZero();
    assertThat(job.progress().percent()).isZero();
    assertThat(job.progress().step()).isEqualTo("load");
    assertThat(job.times()).isEqualTo(new Times(T0, null, T0, null, null, null));
  }

  @Test
  void claim_queuedJob_holdsALeaseFromNow() {
    var job = after(queued(1), new Command.Claim("w", "f", LEASE), 3);

    assertThat(job.lease()).isEqualTo(new Lease("f", "w", LEASE, T0.plusSeconds(13), true));
    assertThat(job.times().started()).isEqualTo(T0.plusSeconds(3));
  }

  @Test
  void claim_queuedJob_noLongerSaysThatItWaits() {
    assertThat(queued(1).progress().message()).isEqualTo("Waiting to start");

    assertThat(claimed(queued(1)).progress().message()).isEmpty();
    assertThat(after(claimed(queued(1)), new Command.Complete(FENCE, new Json("1")), 2).progress())
        .isEqualTo(new Progress(100.0, "load", "", null, null, null, null, null));
  }

  @Test
  void cancel_queuedJob_endsWithoutSayingThatItWaits() {
    var job = after(queued(1), new Command.RequestCancel(false), 2);

    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(job.progress().message()).isEmpty();
  }

  @Test
  void report_lowerPercent_isKeptBackAndSaidToBeClamped() {
    var accepted = accepted(running(1), report(ProgressReport.of(12, "Still kneading")), 2);

    assertThat(accepted.clamped()).isTrue();
    assertThat(accepted.next().progress().percent()).isEqualTo(40.0);
    assertThat(accepted.next().progress().message()).isEqualTo("Still kneading");
  }

  @Test
  void report_samePercent_isNotClamped() {
    assertThat(accepted(running(1), report(ProgressReport.of(40, "On")), 2).clamped()).isFalse();
  }

  @Test
  void report_ofAnyKind_renewsTheLeaseAndIsAChange() {
    var next = after(running(1), report(ProgressReport.of(41, "On")), 4);

    assertThat(next.lease())
        .isEqualTo(new Lease(FENCE, "worker-1", LEASE, T0.plusSeconds(14), true));
    assertThat(next.times().updated()).isEqualTo(T0.plusSeconds(4));
  }

  @Test
  void report_withEta_carriesIt() {
    var eta = new Eta(3, 2, 4);
    var command = new Command.Report(FENCE, ProgressReport.of(41, "On"), eta);

    assertThat(after(running(1), command, 4).progress().eta()).isEqualTo(eta);
  }

  @Test
  void report_afterStall_clearsIt() {
    var stalled = stalled(running(1));
    assertThat(stalled.times().stalledSince()).isEqualTo(T0.plusSeconds(5));

    assertThat(after(stalled, report(ProgressReport.of(41, "On")), 6).times().stalledSince())
        .isNull();
  }

  @Test
  void renew_afterStall_clearsItAndTellsWatchers() {
    var accepted = accepted(stalled(running(1)), new Command.Renew(FENCE), 6);

    assertThat(accepted.next().times().stalledSince()).isNull();
    assertThat(accepted.events()).containsExactly(new JobEvent.Progressed(accepted.next()));
  }

  @Test
  void stall_ofAWorkerThatCameBack_canHappenAgain() {
    var back = after(stalled(running(1)), new Command.Renew(FENCE), 6);

    assertThat(after(back, new Command.Stall(), 11).times().stalledSince())
        .isEqualTo(T0.plusSeconds(11));
  }

  @Test
  void complete_anyProgress_endsAtHundredWithoutEta() {
    var progressed =
        after(
            running(1), new Command.Report(FENCE, ProgressReport.of(70, "x"), new Eta(1, 1, 1)), 1);

    var job = after(progressed, new Command.Complete(FENCE, new Json("[1]")), 6);

    assertThat(job.outcome()).isEqualTo(new Outcome.Completed(new Json("[1]")));
    assertThat(job.progress().percent()).isEqualTo(100.0);
    assertThat(job.progress().eta()).isNull();
    assertThat(job.times().completed()).isEqualTo(T0.plusSeconds(6));
  }

  @Test
  void fail_forGood_keepsThePercentageItHadReached() {
    var job = after(running(3), new Command.Fail(FENCE, ERROR, false), 6);

    assertThat(job.outcome()).isEqualTo(new Outcome.Failed(ERROR));
    assertThat(job.progress().percent()).isEqualTo(40.0);
  }

  @Test
  void fail_withAttemptsLeft_startsAnewAtZeroAndNamesTheAttemptThatFailed() {
    var accepted = accepted(running(2), new Command.Fail(FENCE, ERROR, true), 6);

    assertThat(accepted.events())
        .containsExactly(new JobEvent.AttemptFailed(accepted.next(), 1, ERROR));
    assertThat(accepted.next().progress()).isEqualTo(Progress.waiting("load"));
  }

  @Test
  void report_inANewAttempt_mayBeLowerThanInTheOneBefore() {
    var again = after(running(2), new Command.Fail(FENCE, ERROR, true), 6);

    var second = after(again, new Command.Claim("worker-1", FENCE, LEASE), 8);

    var accepted = accepted(second, report(ProgressReport.of(5, "Anew")), 9);

    assertThat(accepted.clamped()).isFalse();
    assertThat(accepted.next().progress().percent()).isEqualTo(5.0);
  }

  @Test
  void report_underTheLeaseOfTheAttemptBefore_isRefused() {
    var again = after(running(2), new Command.Fail(FENCE, ERROR, true), 6);
    var taken = after(again, new Command.Claim("worker-2", "fence-2", LEASE), 8);

    assertThat(Lifecycle.decide(taken, report(ProgressReport.of(50, "I live")), T0.plusSeconds(9)))
        .isEqualTo(new Decision.Refused(Refusal.LEASE_LOST));
  }

  @Test
  void claim_whileTheJobPauses_isRefused() {
    var failed = after(running(3), new Command.Fail(FENCE, ERROR, true), 6);
    var claim = new Command.Claim("worker-2", "fence-2", LEASE);
    var ready = Objects.requireNonNull(failed.times().ready());

    assertThat(ready).isBetween(T0.plusSeconds(7), T0.plusMillis(7_250));
    assertThat(Lifecycle.decide(failed, claim, ready.minusNanos(1)))
        .isEqualTo(new Decision.Refused(Refusal.NOT_WAITING));
    assertThat(Lifecycle.decide(failed, claim, ready)).isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void loseLease_confirmedWorkerLost_isTriedAgainAtOnceAndUsesUpNoAttempt() {
    var lost = after(running(2), new Command.LoseLease(true), 6);

    assertThat(lost.times().ready()).isNull();
    assertThat(lost.pastLeases().lost()).isEqualTo(1);
    assertThat(lost.attemptsLeft()).isTrue();
  }

  @Test
  void loseLease_beforeTheFirstSignOfLife_countsAsNoAttemptThreeTimes() {
    var job = JobSamples.external(1);
    for (var loss = 1; loss <= PastLeases.UNSEEN; loss++) {
      job = after(claimed(job), new Command.LoseLease(true), 6);
      assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
      assertThat(job.pastLeases().lost()).isEqualTo(loss);
    }

    assertThat(after(claimed(job), new Command.LoseLease(true), 6).status())
        .isEqualTo(JobStatus.FAILED);
  }

  @Test
  void complete_afterARequestToStop_saysFirstThatItCameTooLate() {
    var asked = asked(running(1));
    var accepted = accepted(asked, new Command.Complete(FENCE, Json.EMPTY_OBJECT), 6);

    assertThat(accepted.events())
        .containsExactly(
            new JobEvent.CancelTooLate(asked.at(asked.position().afterMilestone())),
            new JobEvent.Completed(accepted.next()));
    assertThat(accepted.next().cancelRequested()).isFalse();
  }

  @Test
  void acknowledgeCancel_withPartialResult_keepsIt() {
    var command = new Command.AcknowledgeCancel(FENCE, new Json("{\"lots\":3}"));

    assertThat(after(asked(running(1)), command, 6).outcome())
        .isEqualTo(new Outcome.Cancelled(new Json("{\"lots\":3}")));
  }

  @Test
  void requestCancel_ofRunningWork_remembersWhenAndWhatIsWanted() {
    assertThat(asked(running(1)).cancel()).isEqualTo(new CancelRequest(T0.plusSeconds(1), true));
  }

  @Test
  void requestCancel_askedAgain_keepsTheFirstRequest() {
    var asked = asked(running(1));

    assertThat(after(asked, new Command.RequestCancel(false), 6)).isEqualTo(asked);
  }

  @Test
  void loseLease_asOftenAsTheJobMay_leavesAllItsAttempts() {
    var bounds = new Attempts(2, 2, RetryPause.DEFAULT);
    var job = queued(bounds);
    for (var loss = 1; loss <= 2; loss++) {
      job = after(seen(claimed(job)), new Command.LoseLease(true), 6);
      assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    }

    assertThat(job.attemptsLeft()).isTrue();
    assertThat(after(seen(claimed(job)), new Command.LoseLease(true), 6).status())
        .isEqualTo(JobStatus.FAILED);
  }

  private static Job seen(Job claimed) {
    return after(claimed, report(ProgressReport.of(40, "Pressing")), 0);
  }

  @Test
  void fail_jobHasPausesOfItsOwn_waitsAsLongAsItSays() {
    var pause = new RetryPause(Duration.ofSeconds(40), 3, Duration.ofSeconds(100));
    var job = claimed(queued(new Attempts(3, 0, pause)));

    var failed = after(job, new Command.Fail(FENCE, ERROR, true), 6);

    var waits = Duration.between(failed.times().updated(), failed.times().ready());
    assertThat(waits).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(50));
  }

  @Test
  void loseLease_moreThanTheJobMayLose_failsWithWorkerLost() {
    var job = after(running(1), new Command.LoseLease(false), 10);

    assertThat(job.outcome())
        .isEqualTo(
            new Outcome.Failed(
                Outcome.JobError.of(
                    ErrorCode.WORKER_LOST,
                    "The worker worker-1 stopped reporting during attempt 1: its lease of 10 s"
                        + " ran out")));
  }

  @Test
  void timeOut_withoutAttemptsLeft_failsWithTimeoutError() {
    var job = after(running(1), new Command.TimeOut(), 60);

    assertThat(job.outcome())
        .isEqualTo(
            new Outcome.Failed(
                Outcome.JobError.of(
                    ErrorCode.TIMEOUT_ERROR, "The attempt took longer than its 60 seconds")));
  }

  @Test
  void timeOut_ofAJobWithoutALimit_isNeverDue() {
    var unlimited = Job.create(UUID.randomUUID(), spec(1, null), List.of(), T0);
    var running = claimed(after(unlimited, new Command.MarkQueued(), 0));

    assertThat(Lifecycle.decide(running, new Command.TimeOut(), T0.plus(Duration.ofDays(365))))
        .isEqualTo(new Decision.Refused(Refusal.NOT_DUE));
  }

  @Test
  void timeOut_ofASecondAttempt_countsFromItsOwnStart() {
    var again = after(running(3), new Command.TimeOut(), 60);
    var second = after(again, new Command.Claim("w", FENCE, LEASE), 100);

    assertThat(Lifecycle.decide(second, new Command.TimeOut(), T0.plusSeconds(159)))
        .isEqualTo(new Decision.Refused(Refusal.NOT_DUE));
    assertThat(after(second, new Command.TimeOut(), 160).attempt()).isEqualTo(3);
  }

  @Test
  void refusal_eachReason_hasACodeAndATextForTheCaller() {
    assertThat(Refusal.values())
        .allSatisfy(reason -> {
          assertThat(reason.code())
              .isIn(
                  ErrorCode.CONFLICT,
                  ErrorCode.TOO_LATE,
                  ErrorCode.LEASE_LOST,
                  ErrorCode.VALIDATION_ERROR);
          assertThat(reason.text()).isNotBlank();
        });
  }

  @Test
  void presenting_eachState_isTheEventThatLeadsThere() {
    var completed = after(running(1), new Command.Complete(FENCE, Json.EMPTY_OBJECT), 6);
    var failed = after(running(1), new Command.Fail(FENCE, ERROR, false), 6);
    var cancelled = after(queued(1), new Command.RequestCancel(false), 6);

    assertThat(
            List.of(pending(1), queued(1), running(1), completed, failed, cancelled).stream()
                .map(JobEvent::presenting)
                .map(JobEvent::type))
        .containsExactly("queued", "queued", "progress", "completed", "failed", "cancelled");
  }

  @Test
  void complete_afterSevenOfTen_saysAllOfItAndNoCount() {
    var seven = after(running(1), report(new ProgressReport(null, 7L, 10L, null, "7", null)), 1);
    var ten = after(running(1), report(new ProgressReport(null, 10L, 10L, null, "10", null)), 1);

    var fewer = after(seven, new Command.Complete(FENCE, Json.EMPTY_OBJECT), 2).progress();
    var all = after(ten, new Command.Complete(FENCE, Json.EMPTY_OBJECT), 2).progress();

    assertThat(fewer.percent()).isEqualTo(100);
    assertThat(fewer.done()).isNull();
    assertThat(fewer.total()).isNull();
    assertThat(all.done()).isEqualTo(10);
    assertThat(all.total()).isEqualTo(10);
  }
}
