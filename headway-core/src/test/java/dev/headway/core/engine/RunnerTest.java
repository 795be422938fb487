package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Plan;
import dev.headway.core.job.ProgressReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The built-in worker with real threads: tests wait for events, never for time. */
@Timeout(600)
class RunnerTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final EngineFixture engine = new EngineFixture();
  private final Jobs jobs = engine.jobs;
  private final Ends ends = new Ends();
  private final List<Runner> runners = new ArrayList<>();
  private final Semaphore held = new Semaphore(0);

  /** Completes a future per job when its end is published. */
  private static final class Ends implements JobListener {
    private final ConcurrentHashMap<UUID, CompletableFuture<Job>> futures =
        new ConcurrentHashMap<>();

    @Override
    public void happened(JobEvent event) {
      if (event.ended()) {
        of(event.job().id()).complete(event.job());
      }
    }

    CompletableFuture<Job> of(UUID id) {
      return futures.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }
  }

  @BeforeEach
  void listen() {
    jobs.listen(ends);
  }

  @AfterEach
  void stop() throws InterruptedException {
    held.release(1_000);
    for (var runner : runners) {
      runner.drain(Duration.ofSeconds(30));
    }
  }

  @Test
  void run_handlerReturns_completesWithItsResultAndItsLastReport() {
    runner(
        2,
        context -> {
          for (var done = 0; done <= 100; done++) {
            context.progress(done, 100, "item " + done);
          }
          return new Json("{\"loaves\":100}");
        });

    var job = end(engine.submitted(spec()));

    assertThat(job.outcome()).isEqualTo(new Outcome.Completed(new Json("{\"loaves\":100}")));
    assertThat(job.progress().message()).as("the last one is never lost").isEqualTo("item 100");
    assertThat(engine.store.find(job.id())).contains(job);
  }

  @Test
  void run_handlerThrowsWhatWatchersMaySee_failsWithItsText() {
    runner(
        1,
        _ -> {
          throw HeadwayException.badInput(List.of(Defect.of("Row 3 has no lot"), Defect.of("x")));
        });

    assertThat(end(engine.submitted(spec())).outcome())
        .isEqualTo(
            new Outcome.Failed(
                new Outcome.JobError(
                    ErrorCode.INVALID_INPUT, "Row 3 has no lot (and 1 more)", "Row 3 has no lot")));
  }

  @Test
  void run_handlerThrowsAnythingElse_failsWithoutShowingIt() {
    runner(
        1,
        _ -> {
          throw new IllegalStateException("password=hunter2");
        });

    assertHidden(end(engine.submitted(spec())));
  }

  @Test
  void run_handlerThrowsAnError_failsItsJobAloneAndTheRunnerGoesOn() {
    var calls = new AtomicInteger();
    runner(
        1,
        _ -> {
          if (calls.incrementAndGet() == 1) {
            throw new AssertionError("password=hunter2");
          }
          return Json.EMPTY_OBJECT;
        });

    assertHidden(end(engine.submitted(spec())));
    assertThat(end(engine.submitted(spec())).status()).isEqualTo(JobStatus.COMPLETED);
  }

  private static void assertHidden(Job job) {
    assertThat(job.outcome())
        .isEqualTo(
            new Outcome.Failed(
                Outcome.JobError.of(
                    ErrorCode.EXECUTION_ERROR,
                    "The work failed unexpectedly; look for %s in the server's log"
                        .formatted(job.id()))));
  }

  @Test
  void run_retryableFailure_isTriedAgainOnTheSameRunner() {
    var calls = new AtomicInteger();
    runner(
        1,
        context -> {
          if (calls.incrementAndGet() < 3) {
            throw new HeadwayException(ErrorCode.CONNECTION_ERROR, "The oven does not answer");
          }
          return new Json(Integer.toString(context.job().attempt()));
        });

    var id = engine.submitted(spec().withMaxAttempts(3));
    happened(() -> {
      engine.clock.advanceSeconds(1); // the pauses between attempts
      jobs.queues().signalReady();
      return calls.get() == 3;
    });
    var job = end(id);

    assertThat(job.outcome()).isEqualTo(new Outcome.Completed(new Json("3")));
    assertThat(engine.types(job.id()).stream().filter("attempt_failed"::equals)).hasSize(2);
  }

  @Test
  void run_moreJobsThanItMayDoAtOnce_neverRunsMore() {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    runner(
        3,
        _ -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          held.acquire();
          now.decrementAndGet();
          return Json.EMPTY_OBJECT;
        });
    var ids = new ArrayList<UUID>();
    for (var at = 0; at < 12; at++) {
      ids.add(engine.submitted(spec()));
    }
    held.release(12);

    ids.forEach(this::end);

    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void run_twoRunners_doEachJobOnce() {
    var runs = new ConcurrentHashMap<UUID, Integer>();
    JobHandler counting =
        context -> {
          runs.merge(context.job().id(), 1, Integer::sum);
          return Json.EMPTY_OBJECT;
        };
    runner(2, counting);
    runner(2, counting);
    var ids = new ArrayList<UUID>();
    for (var at = 0; at < 100; at++) {
      ids.add(engine.submitted(spec()));
    }

    ids.forEach(this::end);

    assertThat(runs).hasSize(100).values().containsOnly(1);
  }

  @Test
  void cancel_cooperativeWork_isAcknowledgedWithWhatItHas() {
    runner(
        1,
        context -> {
          var stopped = new CountDownLatch(1);
          context.onStop(stopped::countDown);
          stopped.await();
          throw new JobStoppedException(context.keepPartial() ? new Json("[1,2]") : null);
        });
    var id = started(engine.submitted(spec()));

    jobs.apply(id, new Command.RequestCancel(true));

    assertThat(end(id).outcome()).isEqualTo(new Outcome.Cancelled(new Json("[1,2]")));
    assertThat(engine.types(id))
        .containsExactly("queued", "started", "cancel_requested", "cancelled");
  }

  @Test
  void cancel_workThatFinishesAllTheSame_isTooLate() {
    runner(
        1,
        context -> {
          var stopped = new CountDownLatch(1);
          context.onStop(stopped::countDown);
          stopped.await();
          return Json.EMPTY_OBJECT;
        });
    var id = started(engine.submitted(spec()));

    jobs.apply(id, new Command.RequestCancel(false));

    assertThat(end(id).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.types(id)).endsWith("cancel_requested", "cancel_too_late", "completed");
  }

  @Test
  void cancel_workThatDoesNotListen_isInterruptedWhenPatienceEnds() throws Exception {
    var interrupted = new CountDownLatch(1);
    runner(
        1,
        _ -> {
          try {
            held.acquire();
          } catch (InterruptedException stop) {
            interrupted.countDown();
            throw stop;
          }
          return Json.EMPTY_OBJECT;
        });
    var id = started(engine.submitted(spec()));
    jobs.apply(id, new Command.RequestCancel(false));
    engine.clock.advanceSeconds(31);

    new Watchdog(jobs, engine.store, engine.clock, Duration.ofSeconds(30)).tick();

    assertThat(interrupted.await(90, TimeUnit.SECONDS)).isTrue();
    assertThat(end(id).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void stop_normalEnd_runsNoStopAction() throws Exception {
    var ran = new AtomicInteger();
    var runner =
        runner(
            1,
            context -> {
              context.onStop(ran::incrementAndGet);
              return Json.EMPTY_OBJECT;
            });

    end(engine.submitted(spec()));
    runner.drain(LONG);

    assertThat(ran).hasValue(0);
  }

  @Test
  void lostLease_whileTheOldAttemptStillRuns_leavesTheNewOneInCharge() {
    var attempts = List.of(new CountDownLatch(1), new CountDownLatch(1));
    var firstStopped = new CountDownLatch(1);
    var runner =
        runner(
            2,
            context -> {
              if (context.payload().equals(Json.EMPTY_OBJECT)) {
                return Json.EMPTY_OBJECT;
              }
              if (context.job().attempt() == 1) {
                context.onStop(firstStopped::countDown);
              }
              attempts.get(context.job().attempt() - 1).await();
              return new Json(Integer.toString(context.job().attempt()));
            });
    var id = started(engine.submitted(spec().withMaxAttempts(2)));
    jobs.apply(id, new Command.LoseLease(true));
    awaited(firstStopped);
    happened(id, job -> job.attempt() == 2 && job.status() == JobStatus.IN_PROGRESS);
    attempts.getFirst().countDown();
    end(engine.submitted(spec(7))); // can only run once the first attempt is out of the way
    engine.clock.advanceSeconds(4);

    runner.renew();

    assertThat(EngineFixture.lease(engine.now(id)).expiresAt())
        .as("the second attempt is still seen to")
        .isEqualTo(engine.clock.instant().plus(EngineFixture.LEASE));
    attempts.getLast().countDown();
    assertThat(end(id).outcome()).isEqualTo(new Outcome.Completed(new Json("2")));
  }

  @Test
  void renew_whileAJobRuns_keepsItsLease() {
    var runner = runner(1, this::holds);
    var id = holding(engine.submitted(spec()));
    var watchdog = new Watchdog(jobs, engine.store, engine.clock, Duration.ofSeconds(30));
    for (var at = 0; at < 10; at++) {
      engine.clock.advanceSeconds(4);
      runner.renew();
      assertThat(watchdog.tick()).isZero();
    }
    held.release();

    assertThat(end(id).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void flush_heldBackReport_isPublishedWhileTheWorkGoesOn() {
    var reported = new CountDownLatch(1);
    var runner =
        runner(
            1,
            context -> {
              context.report(ProgressReport.of(1, "one"));
              context.report(ProgressReport.of(2, "two"));
              reported.countDown();
              return holds(context);
            });
    var id = engine.submitted(spec());
    awaited(reported);
    assertThat(engine.now(id).progress().message()).isEqualTo("one");

    runner.flush();

    assertThat(engine.now(id).progress().message()).isEqualTo("two");
    assertThat(engine.now(id).status()).isEqualTo(JobStatus.IN_PROGRESS);
  }

  @Test
  void end_storeDown_isStoredWhenTheStoreIsBack() {
    var runner =
        runner(
            1,
            context -> {
              holds(context);
              return new Json("[\"kept\"]");
            });
    var id = holding(engine.submitted(spec()));
    engine.store.down = true;
    held.release();
    happened(() -> engine.store.refusedUpdates.get() > 0);
    assertThat(runner.running()).isEqualTo(1);
    engine.clock.advanceSeconds(4);
    runner.renew();
    engine.clock.advanceSeconds(4);
    runner.renew();

    engine.store.down = false;
    assertThat(engine.now(id).status()).as("it keeps its lease").isEqualTo(JobStatus.IN_PROGRESS);
    happened(() -> {
      runner.renew();
      return runner.running() == 0;
    });

    assertThat(end(id).outcome()).isEqualTo(new Outcome.Completed(new Json("[\"kept\"]")));
  }

  @Test
  void end_answerLost_isPublishedWithTheNextRenewal() {
    var runner = runner(1, this::holds);
    var id = holding(engine.submitted(spec()));
    engine.store.losesNextAnswer = true;
    held.release();

    happened(() -> {
      runner.renew();
      return runner.running() == 0;
    });

    assertThat(end(id).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.types(id)).containsExactly("queued", "started", "completed");
  }

  @Test
  void drain_idleRunner_returnsAtOnce() {
    var runner = runner(4, this::holds);
    assertTimeoutPreemptively(Duration.ofSeconds(90), () -> runner.drain(LONG));
  }

  @Test
  void drain_runningJob_isGivenUntilTheDeadline() throws Exception {
    var runner =
        runner(
            1,
            context -> {
              held.acquire();
              return Json.EMPTY_OBJECT;
            });
    var id = started(engine.submitted(spec()));
    held.release();

    runner.drain(LONG);

    assertThat(engine.now(id).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void drain_deadlineOver_stopsTheWorkWhichKeepsItsLeaseForTheNextStart() throws Exception {
    var runner =
        runner(
            1,
            context -> {
              var stopped = new CountDownLatch(1);
              context.onStop(stopped::countDown);
              stopped.await();
              context.checkpoint();
              return Json.EMPTY_OBJECT;
            });
    var id = started(engine.submitted(spec().withMaxAttempts(2)));

    runner.drain(Duration.ZERO);

    assertThat(engine.now(id).status()).isEqualTo(JobStatus.IN_PROGRESS);
    var restarted = engine.restarted();
    var watchdog = new Watchdog(restarted, engine.store, engine.clock, Duration.ofSeconds(30));
    assertThat(watchdog.recover("node-1")).isEqualTo(1);
    assertThat(restarted.find(id).map(Job::attempt)).contains(2);
  }

  @Test
  void drain_runnerThatClaimsNoMore_leavesWhatWaits() throws Exception {
    var runner = runner(1, this::holds);
    runner.drain(LONG);

    var id = engine.submitted(spec());

    assertThat(engine.now(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void start_runnerWithoutTypes_claimsNothing() throws Exception {
    var runner =
        new Runner(
            jobs, Map.of(), new Runner.Settings("node-1", 1, EngineFixture.LEASE), engine.clock);
    runners.add(runner);
    runner.start();
    var id = engine.submitted(spec());

    runner.drain(LONG);

    assertThat(engine.now(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void claim_storeDownForAWhile_goesOnAfterwards() {
    engine.store.down = true;
    runner(1, _ -> Json.EMPTY_OBJECT);
    engine.store.down = false;

    assertThat(end(engine.submitted(spec())).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void claim_jobOfAnotherType_isLeftToOthers() {
    runner(1, _ -> Json.EMPTY_OBJECT);
    var other = engine.submitted(JobSpec.of("brew", Json.EMPTY_OBJECT, 7L));

    end(engine.submitted(spec()));

    assertThat(engine.now(other).status()).isEqualTo(JobStatus.QUEUED);
  }

  private Json holds(JobContext context) throws InterruptedException {
    assertThat(context.payload()).isEqualTo(context.job().spec().payload());
    held.acquire();
    return Json.EMPTY_OBJECT;
  }

  private Runner runner(int concurrency, JobHandler handler) {
    var type = new JobType("bake", Plan.NONE, 1, handler);
    var settings = new Runner.Settings("node-1", concurrency, EngineFixture.LEASE);
    var runner = new Runner(jobs, Map.of("bake", type), settings, engine.clock);
    runners.add(runner);
    runner.start();
    return runner;
  }

  /** The job once its end has been published. */
  private Job end(UUID id) {
    return ends.of(id).orTimeout(30, TimeUnit.SECONDS).join();
  }

  private UUID started(UUID id) {
    happened(id, job -> job.status() == JobStatus.IN_PROGRESS);
    return id;
  }

  /** Its handler is in {@link #holds}, so that the runner knows of it. */
  private UUID holding(UUID id) {
    happened(held::hasQueuedThreads);
    return id;
  }

  private void happened(UUID id, Predicate<Job> condition) {
    happened(() -> condition.test(engine.now(id)));
  }

  /** Other threads bring it about; the test's timeout is the limit. */
  private static void happened(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(90, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }
}
