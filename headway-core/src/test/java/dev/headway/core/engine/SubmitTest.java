package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.spec;
import static dev.headway.core.engine.EngineFixture.withKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.fixture.Together;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Plan.Step;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.topic.Topic.Start;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubmitTest {
  private final EngineFixture engine = new EngineFixture();
  private final Jobs jobs = engine.jobs;

  @Test
  void submit_newJob_isStoredQueuedAndPublished() {
    var submission = jobs.submit(jobs.nextId(), spec(), List.of("load"));

    assertThat(submission.created()).isTrue();
    assertThat(submission.job().status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.store.find(submission.job().id())).contains(submission.job());
    assertThat(engine.types(submission.job().id())).containsExactly("queued");
  }

  @Test
  void submit_newJob_givesACursorFromWhichNothingIsMissed() {
    var submission = jobs.submit(jobs.nextId(), spec(), List.of());
    var id = submission.job().id();
    jobs.apply(id, new Command.RequestCancel(false));

    assertThat(jobs.topic(id).start(submission.cursor()))
        .isEqualTo(new Start.Resumed(submission.cursor(), List.of(), 0));
    assertThat(engine.types(id)).containsExactly("queued", "cancelled");
  }

  @Test
  void submit_newJob_raisesTheSignal() {
    var before = jobs.queueSignal().count();

    engine.submitted(spec());

    assertThat(jobs.queueSignal().count()).isGreaterThan(before);
  }

  @Test
  void submit_sameKeyAndPayload_isTheSameJobAsItIsNow() {
    var first = jobs.submit(jobs.nextId(), withKey("{}", "k"), List.of());
    jobs.apply(first.job().id(), new Command.RequestCancel(false));

    var second = jobs.submit(jobs.nextId(), withKey("{}", "k"), List.of());

    assertThat(second.created()).isFalse();
    assertThat(second.job().id()).isEqualTo(first.job().id());
    assertThat(second.job().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void submit_sameKeyWithAnotherPayload_isAConflictThatNamesTheJob() {
    var first = jobs.submit(jobs.nextId(), withKey("{\"a\":1}", "k"), List.of());

    assertThatThrownBy(() -> jobs.submit(jobs.nextId(), withKey("{\"a\":2}", "k"), List.of()))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
              assertThat(failure.safeMessage()).contains("k").contains(first.job().id().toString());
            });
  }

  @Test
  void submit_sameKeyFromManyThreads_createsOneJobWithOneQueuedEvent() {
    try (var threads = new Together(4)) {
      for (var round = 0; round < 500; round++) {
        var key = "key-" + round;
        var submissions =
            threads.run(() -> jobs.submit(jobs.nextId(), withKey("{}", key), List.of()));

        assertThat(submissions).extracting(Submission::created).containsOnlyOnce(true);
        var ids = submissions.stream().map(each -> each.job().id()).distinct().toList();
        assertThat(ids).hasSize(1);
        assertThat(engine.types(ids.getFirst())).containsExactly("queued");
        for (var submission : submissions) {
          assertThat(jobs.topic(ids.getFirst()).start(submission.cursor()))
              .isInstanceOf(Start.Resumed.class);
        }
      }
    }
  }

  private Submission started(JobSpec spec) {
    var start = new NewJob.Start("me", EngineFixture.LEASE);
    return jobs.submit(new NewJob(jobs.nextId(), spec, Step.equal(List.of("load")), null, start));
  }

  @Test
  void start_newJob_isStoredRunningUnderAConfirmedLease_andNotOffered() {
    var signals = jobs.queueSignal().count();
    var submission = started(spec());
    var job = submission.job();

    assertThat(job.status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(EngineFixture.lease(job).confirmed()).isTrue();
    assertThat(engine.store.find(job.id())).contains(job);
    assertThat(engine.now(job.id())).isEqualTo(job);
    assertThat(engine.typesAfter(job.id(), submission.cursor()))
        .containsExactly("queued", "started");
    assertThat(jobs.queueSignal().count()).isEqualTo(signals);
    assertThat(jobs.claim(EngineFixture.waiting(), "w", EngineFixture.LEASE)).isEmpty();
  }

  @Test
  void start_afterAKill_isReportedUnderTheSameLease() {
    var job = started(spec()).job();

    var restarted = engine.restarted();
    restarted.report(job.id(), EngineFixture.fence(job), ProgressReport.of(40.0, "on"));
    restarted.apply(job.id(), new Command.Complete(EngineFixture.fence(job), Json.EMPTY_OBJECT));

    assertThat(restarted.find(job.id())).map(Job::status).contains(JobStatus.COMPLETED);
  }

  @Test
  void start_whoseLeaseIsLost_failsSinceNobodyElseWaitsForIt() {
    var job = started(spec()).job();
    var watchdog = new Watchdog(jobs, engine.store, engine.clock, Duration.ofSeconds(30));

    engine.clock.advance(EngineFixture.LEASE);
    watchdog.tick();

    assertThat(engine.now(job.id()).outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.error().code()).isEqualTo(ErrorCode.WORKER_LOST));
  }

  @Test
  void start_sameIdempotencyKey_isTheSameJobUnderTheSameLease() {
    var first = started(withKey("{}", "k"));
    var second = started(withKey("{}", "k"));

    assertThat(second.created()).isFalse();
    assertThat(second.job()).isEqualTo(first.job());
  }

  @Test
  void find_unknownJob_isEmptyAndCommandsSayNotFound() {
    var unknown = UUID.randomUUID();

    assertThat(jobs.find(unknown)).isEmpty();
    assertThatThrownBy(() -> jobs.apply(unknown, new Command.RequestCancel(false)))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND));
    assertThatThrownBy(() -> jobs.topic(unknown))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND));
    assertThat(engine.hub.size()).as("nothing is left of them").isZero();
  }
}
