package dev.headway.core.engine;

import static dev.headway.core.engine.Workshop.fence;
import static dev.headway.core.engine.Workshop.spec;
import static dev.headway.core.engine.Workshop.withTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Outcome;
import dev.headway.core.topic.Hub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Leases of ten seconds, and thirty seconds of patience with cancellations. */
class WatchdogTest {
  private final Workshop workshop = new Workshop();
  private final Jobs jobs = workshop.jobs;
  private final Watchdog watchdog =
      new Watchdog(jobs, workshop.store, workshop.clock, Duration.ofSeconds(30));

  @Test
  void tick_nothingRuns_movesNothing() {
    workshop.submitted(spec());
    workshop.clock.advance(Duration.ofDays(1));

    assertThat(watchdog.tick()).isZero();
  }

  @Test
  void tick_silentWorker_isShownAsStalledOnceAndClearedByItsNextReport() {
    var job = workshop.running();
    tickAfter(4);
    assertThat(workshop.now(job.id()).times().stalledSince()).isNull();
    tickAfter(1);
    tickAfter(1);
    assertThat(workshop.now(job.id()).times().stalledSince()).isNotNull();

    workshop.report(job, 30);

    assertThat(workshop.now(job.id()).times().stalledSince()).isNull();
    assertThat(workshop.types(job.id()))
        .containsExactly("queued", "started", "stalled", "progress");
  }

  @Test
  void tick_workerThatReportsButIsNotStoredYet_isNotTakenForSilent() {
    var job = workshop.running();
    for (var second = 1; second <= 60; second++) {
      workshop.clock.advanceSeconds(1);
      workshop.report(job, second);
      assertThat(watchdog.tick()).isZero();
    }
  }

  @Test
  void tick_lostLeaseWithAttemptsLeft_isANewAttempt() {
    var job = workshop.running(spec().withMaxAttempts(2));
    workshop.report(job, 60);
    tickAfter(5);
    tickAfter(5);

    assertThat(workshop.types(job.id()))
        .containsExactly("queued", "started", "progress", "stalled", "attempt_failed");
    assertThat(workshop.now(job.id()).attempt()).isEqualTo(2);
    assertThat(workshop.now(job.id()).progress().percent()).isZero();
    assertThat(jobs.claim(Workshop.waiting(), "worker-2", Workshop.LEASE)).isPresent();
  }

  @Test
  void tick_lostLeaseOfTheLastAttempt_failsWithWorkerLost() {
    var job = workshop.running();
    tickAfter(10);

    assertThat(error(job.id())).isEqualTo(ErrorCode.WORKER_LOST);
  }

  @Test
  void tick_attemptOverItsTime_failsWithTimeoutThoughItReports() {
    var job = workshop.running(withTimeout(Duration.ofSeconds(7)));
    workshop.clock.advanceSeconds(6);
    workshop.report(job, 60);
    assertThat(watchdog.tick()).isZero();
    workshop.clock.advanceSeconds(1);
    workshop.report(job, 70);

    assertThat(watchdog.tick()).isEqualTo(1);

    assertThat(error(job.id())).isEqualTo(ErrorCode.TIMEOUT_ERROR);
  }

  @Test
  void tick_cancellationNobodyAnswers_isGivenUpAfterItsDeadline() {
    var job = workshop.running();
    jobs.apply(job.id(), new Command.RequestCancel(false));
    for (var second = 1; second < 30; second++) {
      workshop.clock.advanceSeconds(1);
      workshop.report(job, 50);
      assertThat(watchdog.tick()).as("second %d", second).isZero();
    }
    workshop.clock.advanceSeconds(1);
    workshop.report(job, 50);

    assertThat(watchdog.tick()).isEqualTo(1);

    assertThat(workshop.now(job.id()).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(workshop.types(job.id())).endsWith("cancelled");
  }

  @Test
  void tick_cancellationOfASilentWorker_endsWithItsLease() {
    var job = workshop.running();
    jobs.apply(job.id(), new Command.RequestCancel(false));
    tickAfter(10);

    assertThat(workshop.types(job.id()))
        .containsExactly("queued", "started", "cancel_requested", "cancelled");
  }

  @Test
  void tick_afterARestart_findsWhatOthersLeft() {
    var job = workshop.running();
    var restarted = workshop.restarted();
    workshop.clock.advanceSeconds(10);

    new Watchdog(restarted, workshop.store, workshop.clock, Duration.ofSeconds(30)).tick();

    assertThat(workshop.store.find(job.id()).map(Job::status)).contains(JobStatus.FAILED);
  }

  @Test
  void recover_jobsOfThisNode_areTakenUpAgainOrFailedAtOnceAndOthersLeftAlone() {
    var restartable = workshop.running(spec().withMaxAttempts(2));
    var once = workshop.running();
    var elsewhere = workshop.submitted(spec());
    jobs.apply(elsewhere, new Command.Claim("worker-9", "f", Workshop.LEASE));
    var restarted = workshop.restarted();

    var recovered =
        new Watchdog(restarted, workshop.store, workshop.clock, Duration.ofSeconds(30))
            .recover("worker-1");

    assertThat(recovered).isEqualTo(2);
    assertThat(restarted.find(restartable.id()).map(Job::status)).contains(JobStatus.QUEUED);
    assertThat(restarted.find(restartable.id()).map(Job::attempt)).contains(2);
    assertThat(restarted.find(once.id()).map(Job::status)).contains(JobStatus.FAILED);
    assertThat(restarted.find(elsewhere).map(Job::status)).contains(JobStatus.IN_PROGRESS);
  }

  @Test
  void recover_watcherWithAnOldCursor_isGivenTheEndUnderANewEpoch() {
    var job = workshop.running();
    var cursor = jobs.cursor(job.id());
    var restarted = workshop.restarted();
    new Watchdog(restarted, workshop.store, workshop.clock, Duration.ofSeconds(30))
        .recover("worker-1");

    var snapshot = restarted.topic(job.id()).snapshot();

    assertThat(snapshot.state().ended()).isTrue();
    assertThat(snapshot.cursor().epoch()).isNotEqualTo(cursor.epoch());
    assertThat(restarted.decide(job.id(), new Command.Renew(fence(job))))
        .isInstanceOf(Decision.Refused.class);
  }

  @Test
  void checkpoint_ofAFloodOfReports_isOneWriteAJobAndKeepsTheLast() {
    var one = workshop.running();
    var two = workshop.running();
    for (var percent = 1; percent <= 90; percent++) {
      workshop.report(one, percent);
      workshop.report(two, percent / 2.0);
    }

    assertThat(jobs.checkpoints().flush()).isEqualTo(2);

    assertThat(workshop.store.checkpointed).hasValue(2);
    assertThat(stored(one.id())).isEqualTo(90.0);
    assertThat(stored(two.id())).isEqualTo(45.0);
    assertThat(jobs.checkpoints().flush()).isZero();
  }

  @Test
  void checkpoint_ofAJobThatEndedMeanwhile_doesNotTouchItsEnd() {
    var job = workshop.running();
    workshop.report(job, 50);
    workshop.complete(job);

    assertThat(jobs.checkpoints().pending()).isZero();
    jobs.checkpoints().add(job);
    jobs.checkpoints().flush();

    assertThat(workshop.store.find(job.id()).map(Job::status)).contains(JobStatus.COMPLETED);
  }

  @Test
  void checkpoint_ofMoreThanABatch_writesThemAll() {
    var all = new ArrayList<Job>();
    for (var at = 0; at < 1_203; at++) {
      all.add(workshop.running());
    }
    all.forEach(job -> workshop.report(job, 33));

    assertThat(jobs.checkpoints().flush()).isEqualTo(1_203);

    assertThat(all).allMatch(job -> stored(job.id()) == 33.0);
  }

  @Test
  void limits_default_areAThousandEventsAndTwoMinutes() {
    assertThat(Hub.Limits.DEFAULT).isEqualTo(new Hub.Limits(1_024, Duration.ofMinutes(2)));
  }

  private double stored(UUID id) {
    var percent = workshop.store.find(id).orElseThrow().progress().percent();
    return percent == null ? -1 : percent;
  }

  private void tickAfter(long seconds) {
    workshop.clock.advanceSeconds(seconds);
    watchdog.tick();
  }

  private ErrorCode error(UUID id) {
    return switch (workshop.now(id).outcome()) {
      case Outcome.Failed(var error) -> error.code();
      case null, default -> throw new AssertionError("It has not failed: " + workshop.now(id));
    };
  }
}
