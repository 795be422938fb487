package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.fence;
import static dev.headway.core.engine.EngineFixture.spec;
import static dev.headway.core.engine.EngineFixture.withTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.topic.Hub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Leases of ten seconds, and thirty seconds of patience with cancellations. */
class WatchdogTest {
  private final EngineFixture engine = new EngineFixture();
  private final Jobs jobs = engine.jobs;
  private final Watchdog watchdog =
      new Watchdog(jobs, engine.store, engine.clock, Duration.ofSeconds(30));

  @Test
  void tick_nothingRuns_movesNothing() {
    engine.submitted(spec());
    engine.clock.advance(Duration.ofDays(1));

    assertThat(watchdog.tick()).isZero();
  }

  @Test
  void tick_silentWorker_isShownAsStalledOnceAndClearedByItsNextReport() {
    var job = engine.running();
    tickAfter(4);
    assertThat(engine.now(job.id()).times().stalledSince()).isNull();
    tickAfter(1);
    tickAfter(1);
    assertThat(engine.now(job.id()).times().stalledSince()).isNotNull();

    engine.report(job, 30);

    assertThat(engine.now(job.id()).times().stalledSince()).isNull();
    assertThat(engine.types(job.id())).containsExactly("queued", "started", "stalled", "progress");
  }

  @Test
  void tick_workerThatReportsButIsNotStoredYet_isNotTakenForSilent() {
    var job = engine.running();
    for (var second = 1; second <= 60; second++) {
      engine.clock.advanceSeconds(1);
      engine.report(job, second);
      assertThat(watchdog.tick()).isZero();
    }
  }

  @Test
  void tick_oneJobLeadsToAnError_looksAtTheOthersAndThenThrowsIt() {
    var bad = UUID.fromString("01900000-0000-7000-8000-000000000000");
    engine.store.ghosts = List.of(bad);
    engine.store.beforeFind =
        id -> {
          if (id.equals(bad)) {
            throw new StackOverflowError("of a test");
          }
        };
    var job = engine.running();
    engine.clock.advanceSeconds(11);

    assertThatThrownBy(watchdog::tick).isInstanceOf(StackOverflowError.class);

    assertThat(engine.now(job.id()).status()).isNotEqualTo(JobStatus.IN_PROGRESS);
  }

  @Test
  void tick_lostLeaseWithAttemptsLeft_isANewAttempt() {
    var job = engine.running(spec().withMaxAttempts(2));
    engine.report(job, 60);
    tickAfter(5);
    tickAfter(5);

    assertThat(engine.types(job.id()))
        .containsExactly("queued", "started", "progress", "stalled", "attempt_failed");
    assertThat(engine.now(job.id()).attempt()).isEqualTo(2);
    assertThat(engine.now(job.id()).progress().percent()).isZero();
    assertThat(jobs.claim(EngineFixture.waiting(), "worker-2", EngineFixture.LEASE)).isPresent();
  }

  @Test
  void tick_lostLeaseOfTheLastAttempt_failsWithWorkerLost() {
    var job = engine.running();
    tickAfter(10);

    assertThat(error(job.id())).isEqualTo(ErrorCode.WORKER_LOST);
  }

  @Test
  void tick_attemptOverItsTime_failsWithTimeoutThoughItReports() {
    var job = engine.running(withTimeout(Duration.ofSeconds(7)));
    engine.clock.advanceSeconds(6);
    engine.report(job, 60);
    assertThat(watchdog.tick()).isZero();
    engine.clock.advanceSeconds(1);
    engine.report(job, 70);

    assertThat(watchdog.tick()).isEqualTo(1);

    assertThat(error(job.id())).isEqualTo(ErrorCode.TIMEOUT_ERROR);
  }

  @Test
  void tick_cancellationNobodyAnswers_isGivenUpAfterItsDeadline() {
    var job = engine.running();
    jobs.apply(job.id(), new Command.RequestCancel(false));
    for (var second = 1; second < 30; second++) {
      engine.clock.advanceSeconds(1);
      engine.report(job, 50);
      assertThat(watchdog.tick()).as("second %d", second).isZero();
    }
    engine.clock.advanceSeconds(1);
    engine.report(job, 50);

    assertThat(watchdog.tick()).isEqualTo(1);

    assertThat(engine.now(job.id()).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(engine.types(job.id())).endsWith("cancelled");
  }

  @Test
  void tick_cancellationOfASilentWorker_endsWithItsLease() {
    var job = engine.running();
    jobs.apply(job.id(), new Command.RequestCancel(false));
    tickAfter(10);

    assertThat(engine.types(job.id()))
        .containsExactly("queued", "started", "cancel_requested", "cancelled");
  }

  @Test
  void tick_afterARestart_findsWhatOthersLeft() {
    var job = engine.running();
    var restarted = engine.restarted();
    engine.clock.advanceSeconds(10);

    new Watchdog(restarted, engine.store, engine.clock, Duration.ofSeconds(30)).tick();

    assertThat(engine.store.find(job.id()).map(Job::status)).contains(JobStatus.FAILED);
  }

  @Test
  void recover_jobsOfThisNode_areTakenUpAgainOrFailedAtOnceAndOthersLeftAlone() {
    var restartable = engine.running(spec().withMaxAttempts(2));
    var once = engine.running();
    var elsewhere = engine.submitted(spec());
    jobs.apply(elsewhere, new Command.Claim("worker-9", "f", EngineFixture.LEASE));
    var restarted = engine.restarted();

    var recovered =
        new Watchdog(restarted, engine.store, engine.clock, Duration.ofSeconds(30))
            .recover("worker-1");

    assertThat(recovered).isEqualTo(2);
    assertThat(restarted.find(restartable.id()).map(Job::status)).contains(JobStatus.QUEUED);
    assertThat(restarted.find(restartable.id()).map(Job::attempt)).contains(2);
    assertThat(restarted.find(once.id()).map(Job::status)).contains(JobStatus.FAILED);
    assertThat(restarted.find(elsewhere).map(Job::status)).contains(JobStatus.IN_PROGRESS);
  }

  @Test
  void recover_watcherWithAnOldCursor_isGivenWhatItMissed() {
    var job = engine.running();
    var cursor = jobs.topic(job.id()).snapshot().cursor();
    var restarted = engine.restarted();
    new Watchdog(restarted, engine.store, engine.clock, Duration.ofSeconds(30)).recover("worker-1");

    var topic = restarted.topic(job.id());

    assertThat(topic.state().ended()).isTrue();
    assertThat(EngineFixture.typesAfter(topic, cursor)).containsExactly("failed");
    assertThat(restarted.decide(job.id(), new Command.Renew(fence(job))))
        .isInstanceOf(Decision.Refused.class);
  }

  @Test
  void checkpoint_ofAFloodOfReports_isOneWriteAJobAndKeepsTheLast() {
    var one = engine.running();
    var two = engine.running();
    for (var percent = 1; percent <= 90; percent++) {
      engine.report(one, percent);
      engine.report(two, percent / 2.0);
    }

    assertThat(jobs.progressWriter().flush()).isEqualTo(2);

    assertThat(engine.store.progressStored).hasValue(2);
    assertThat(stored(one.id())).isEqualTo(90.0);
    assertThat(stored(two.id())).isEqualTo(45.0);
    assertThat(jobs.progressWriter().flush()).isZero();
  }

  @Test
  void checkpoint_ofAJobThatEndedMeanwhile_doesNotTouchItsEnd() {
    var job = engine.running();
    engine.report(job, 50);
    engine.complete(job);

    assertThat(jobs.progressWriter().pending()).isZero();
    jobs.progressWriter().add(job);
    jobs.progressWriter().flush();

    assertThat(engine.store.find(job.id()).map(Job::status)).contains(JobStatus.COMPLETED);
  }

  @Test
  void checkpoint_ofMoreThanABatch_writesThemAll() {
    var all = new ArrayList<Job>();
    for (var at = 0; at < 1_203; at++) {
      all.add(engine.running());
    }
    all.forEach(job -> engine.report(job, 33));

    assertThat(jobs.progressWriter().flush()).isEqualTo(1_203);

    assertThat(all).allMatch(job -> stored(job.id()) == 33.0);
  }

  @Test
  void limits_default_areAThousandEventsAndTwoMinutes() {
    assertThat(Hub.Limits.DEFAULT).isEqualTo(new Hub.Limits(1_024, Duration.ofMinutes(2)));
  }

  private double stored(UUID id) {
    var percent = engine.store.find(id).orElseThrow().progress().percent();
    return percent == null ? -1 : percent;
  }

  private void tickAfter(long seconds) {
    engine.clock.advanceSeconds(seconds);
    watchdog.tick();
  }

  private ErrorCode error(UUID id) {
    return switch (engine.now(id).outcome()) {
      case Outcome.Failed(var error) -> error.code();
      case null, default -> throw new AssertionError("It has not failed: " + engine.now(id));
    };
  }

  @Test
  void rearm_leaseThatRanOutWhileTheServerWasAway_lastsItsLengthAgain() {
    var job = engine.running();
    engine.clock.advanceSeconds(60);
    var restarted = engine.restarted();
    var fresh = new Watchdog(restarted, engine.store, engine.clock, Duration.ofSeconds(30));

    assertThat(fresh.rearm()).isEqualTo(1);
    assertThat(fresh.tick()).isZero();
    restarted.report(job.id(), fence(job), ProgressReport.of(50, "still here"));

    assertThat(restarted.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.IN_PROGRESS);
  }

  @Test
  void rearm_workerThatIsGone_losesItsLeaseAfterItsLength() {
    engine.running();
    engine.clock.advanceSeconds(60);
    watchdog.rearm();

    engine.clock.advanceSeconds(9);
    watchdog.tick();
    engine.clock.advanceSeconds(1);

    assertThat(watchdog.tick()).isEqualTo(1);
  }

  @Test
  void rearm_jobEndsMeanwhile_passesOverNoOther() {
    var running = IntStream.range(0, 101).mapToObj(_ -> engine.running()).toList();
    engine.clock.advanceSeconds(60);
    var restarted = engine.restarted();
    var fresh = new Watchdog(restarted, engine.store, engine.clock, Duration.ofSeconds(30));
    var newest = running.getLast();
    engine.store.beforeFind =
        id -> {
          if (id.equals(running.get(50).id())) { // of the first page, which has 100
            engine.store.beforeFind = _ -> {};
            engine.complete(newest);
          }
        };

    fresh.rearm();

    assertThat(fresh.tick()).isZero();
  }

  @Test
  void tick_clockIsSetAfterTheAbsenceWasLookedFor_takesNoLease() {
    engine.running();
    var absence = new AbsenceDetector(engine.clock, () -> 0);
    absence.tick();
    engine.clock.advance(Duration.ofHours(3));
    var careful = new Watchdog(jobs, engine.store, absence::trustedTime, Duration.ofSeconds(30));

    assertThat(careful.tick()).isZero();
    absence.tick();
    assertThat(careful.tick()).isZero();
    absence.afterAbsence(careful::rearm);
    assertThat(careful.tick()).isZero();
  }
}
