package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.RETENTION;
import static dev.headway.core.engine.EngineFixture.fence;
import static dev.headway.core.engine.EngineFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.headway.core.engine.Feeds.Scope;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.fixture.TestClock;
import dev.headway.core.fixture.Together;
import dev.headway.core.job.Command;
import dev.headway.core.job.Eta;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobSamples;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.Topic.Start;
import dev.headway.core.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JobsTest {
  private final EngineFixture engine = new EngineFixture();
  private final Jobs jobs = engine.jobs;

  @Test
  void apply_wholeLife_isPublishedInOrderAndStored() {
    var job = engine.running();
    engine.report(job, 50);
    engine.complete(job);

    assertThat(engine.types(job.id()))
        .containsExactly("queued", "started", "progress", "completed");
    assertThat(engine.store.find(job.id())).contains(engine.now(job.id()));
    assertThat(engine.now(job.id()).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void apply_listener_seesThatWhatItIsToldIsCommitted() {
    var stored = new ArrayList<Boolean>();
    jobs.listen(event ->
        stored.add(
            engine.store.find(event.job().id()).orElseThrow().version() == event.job().version()));

    engine.complete(engine.running());

    assertThat(stored).containsExactly(true, true, true);
  }

  @Test
  void apply_listenerThatFails_losesNeitherEventsNorOtherListeners() {
    jobs.listen(_ -> {
      throw new IllegalStateException("a listener's own fault");
    });
    var told = new ArrayList<String>();
    jobs.listen(event -> told.add(event.type()));
    var job = engine.running();
    jobs.apply(job.id(), new Command.RequestCancel(false));

    engine.complete(job);

    var all = List.of("queued", "started", "cancel_requested", "cancel_too_late", "completed");
    assertThat(engine.types(job.id())).isEqualTo(all);
    assertThat(told).isEqualTo(all);
  }

  @Test
  void apply_afterTheEnd_isRefusedAndPublishesNothing() {
    var job = engine.running();
    engine.complete(job);

    engine.complete(job); // its answer may have been lost
    refused(ErrorCode.TOO_LATE, () -> engine.report(job, 99));
    refused(ErrorCode.TOO_LATE, () -> jobs.apply(job.id(), new Command.RequestCancel(false)));
    refused(ErrorCode.TOO_LATE, () -> jobs.log(job.id(), "log", List.of("too late")));

    assertThat(engine.types(job.id())).containsExactly("queued", "started", "completed");
    assertThat(engine.store.log(job.id(), 0, 10)).isEmpty();
  }

  @Test
  void apply_staleFence_isRefusedAfterANewAttemptBegan() {
    var job = engine.running(spec().withMaxAttempts(2));
    jobs.apply(job.id(), new Command.LoseLease(true));
    var second = jobs.claim(EngineFixture.waiting(), "worker-2", EngineFixture.LEASE).orElseThrow();

    refused(ErrorCode.LEASE_LOST, () -> engine.report(job, 50));
    refused(ErrorCode.LEASE_LOST, () -> engine.complete(job));
    refused(
        ErrorCode.LEASE_LOST,
        () ->
            jobs.apply(
                job.id(),
                new Command.Fail(fence(job), JobError.of(ErrorCode.TIMEOUT_ERROR, "x"), true)));

    engine.complete(second);
    assertThat(engine.types(job.id()))
        .containsExactly("queued", "started", "attempt_failed", "started", "completed");
  }

  @Test
  void apply_failedAttemptWithOthersLeft_raisesTheSignal() {
    var job = engine.running(spec().withMaxAttempts(2));
    var before = jobs.queueSignal().count();

    jobs.apply(job.id(), new Command.LoseLease(true));

    assertThat(jobs.queueSignal().count()).isGreaterThan(before);
  }

  @Test
  void report_severalDefects_namesAllAndChangesNothing() {
    var job = engine.running();
    var report = new ProgressReport(150.0, 5L, 3L, null, "m", new Json(" ".repeat(1_000_000)));

    assertThatThrownBy(() -> jobs.report(job.id(), fence(job), report))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
              assertThat(failure.defects())
                  .extracting(Defect::field)
                  .containsExactly("percent", "done", "metadata");
            });
    assertThat(engine.types(job.id())).containsExactly("queued", "started");
  }

  @Test
  void report_renewed_changesTheJobWithoutAnEvent() {
    var job = engine.running();
    engine.clock.advanceSeconds(4);

    jobs.apply(job.id(), new Command.Renew(fence(job)));

    assertThat(EngineFixture.lease(engine.now(job.id())).expiresAt())
        .isEqualTo(engine.clock.instant().plus(EngineFixture.LEASE));
    assertThat(engine.types(job.id())).containsExactly("queued", "started");
  }

  @Test
  void report_lowerPercent_estimatesFromWhatWasReached() {
    var job = engine.running();
    engine.report(job, 0);
    engine.clock.advanceSeconds(10);
    engine.report(job, 50);
    engine.report(job, 10);

    assertThat(engine.now(job.id()).progress().percent()).isEqualTo(50.0);
    assertThat(engine.now(job.id()).progress().eta()).isEqualTo(new Eta(10, 4, 19));
  }

  @Test
  void read_whileNothingIsReported_ages() {
    var job = engine.running();
    engine.report(job, 0);
    engine.clock.advanceSeconds(10);
    engine.report(job, 50);

    engine.clock.advanceSeconds(4);
    assertThat(jobs.read(job.id()).orElseThrow().job().progress().eta())
        .isEqualTo(new Eta(6, 0, 19));
    engine.clock.advanceSeconds(16);
    assertThat(jobs.read(job.id()).orElseThrow().job().progress().eta()).isNull();
  }

  @Test
  void snapshot_whileNothingIsReported_agesForWatchersAndFeeds() {
    var feeds = new Feeds(engine.hub, engine.store);
    jobs.listen(feeds);
    var feed = feeds.open(TopicName.ofUser("7"), new Scope(null, null));
    var job = engine.running();
    engine.report(job, 0);
    engine.clock.advanceSeconds(10);
    engine.report(job, 50);
    engine.clock.advanceSeconds(4);

    var shown = (Job) jobs.topic(job.id()).snapshot().state();
    var inFeed = ((FeedState) feed.snapshot().state()).jobs().getFirst();

    assertThat(shown.progress().eta()).isEqualTo(new Eta(6, 0, 19));
    assertThat(inFeed.progress().eta()).isEqualTo(new Eta(6, 0, 19));
    engine.clock.advanceSeconds(16);
    assertThat(((Job) jobs.topic(job.id()).snapshot().state()).progress().eta()).isNull();
  }

  @Test
  void report_manyTimes_asksForPastRunsOnceAMinute() {
    var job = engine.running();
    for (var percent = 0; percent < 100; percent++) {
      engine.report(job, percent);
    }
    assertThat(engine.store.durationsAsked).hasValue(1);

    engine.clock.advanceSeconds(61);
    engine.report(job, 100);
    assertThat(engine.store.durationsAsked).hasValue(2);
  }

  @Test
  void report_ofManyTypes_doesNotRememberThemAllForEver() {
    var durations = new Durations(engine.store, engine.clock);
    var first = typed("first");
    durations.eta(first, 0.0);
    durations.eta(first, 0.0);
    assertThat(engine.store.durationsAsked).hasValue(1);

    for (var at = 0; at < 1_000; at++) {
      durations.eta(typed("type-" + at), 0.0);
    }
    durations.eta(first, 0.0);

    assertThat(engine.store.durationsAsked).as("the first was forgotten").hasValue(1_002);
  }

  private static Job typed(String type) {
    var created =
        Job.create(
            UUID.randomUUID(), JobSpec.of(type, Json.EMPTY_OBJECT, 7L), List.of(), TestClock.START);
    return JobSamples.claimed(JobSamples.after(created, new Command.MarkQueued(), 0));
  }

  @Test
  void log_lines_areNumberedAcrossBatchesCleanedAndPublished() {
    var job = engine.running();

    assertThat(jobs.log(job.id(), "stdout", List.of("one", "two"))).isEqualTo(2);
    assertThat(jobs.log(job.id(), "stderr", List.of("\u001b[31mred\u001b[0m\u0007\n\ttab")))
        .isEqualTo(4);

    assertThat(engine.store.log(job.id(), 0, 10))
        .extracting(LogLine::number, LogLine::stream, LogLine::text)
        .containsExactly(
            tuple(1L, "stdout", "one"),
            tuple(2L, "stdout", "two"),
            tuple(3L, "stderr", "red"),
            tuple(4L, "stderr", "\ttab"));
    assertThat(engine.types(job.id()))
        .containsExactly("queued", "started", "log", "log", "log", "log");
  }

  @Test
  void log_fromManyThreads_numbersEachLineOnce() {
    var job = engine.running();
    try (var threads = new Together(4)) {
      threads.run(() -> {
        for (var at = 0; at < 100; at++) {
          jobs.log(job.id(), "stdout", List.of("a", "b"));
        }
        return true;
      });
    }
    assertThat(engine.store.log(job.id(), 0, 1_000)).hasSize(800);
    assertThat(engine.now(job.id()).position().line()).isEqualTo(800);
  }

  @Test
  void topic_openedBetweenCommitAndPublishing_doesNotShowTheEndTwice() throws Exception {
    var job = engine.running();
    engine.hub.remove(TopicName.ofJob(job.id()));
    var seen = new CompletableFuture<Snapshot>();
    var watcher = new Thread(() -> seen.complete(jobs.topic(job.id()).snapshot()));
    engine.store.afterCommit =
        () -> {
          watcher.start();
          while (watcher.isAlive() && watcher.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
        };

    engine.complete(job);

    var snapshot = seen.get(90, TimeUnit.SECONDS);
    assertThat(snapshot.state().ended()).isTrue();
    assertThat(jobs.topic(job.id()).after(snapshot.cursor().offset(), 10))
        .as("what is in the state does not follow again")
        .isEmpty();
  }

  @Test
  void topic_openedWhileItsJobMoves_joinsStateAndEventsWithoutHoleOrRepetition() {
    try (var threads = new Together(2)) {
      for (var round = 0; round < 1_000; round++) {
        var job = engine.running();
        engine.hub.remove(TopicName.ofJob(job.id()));
        Callable<List<String>> ends =
            () -> {
              engine.complete(job);
              return List.of();
            };
        assertThat(threads.run(List.of(ends, () -> watched(job.id()))).getLast())
            .isIn(List.of("in_progress", "completed"), List.of("completed"));
      }
    }
  }

  /** The state that a watcher is given, and the events that follow on it until the end. */
  private List<String> watched(UUID id) {
    var topic = jobs.topic(id);
    var snapshot = topic.snapshot();
    while (!topic.state().ended()) {
      Thread.onSpinWait();
    }
    var seen = new ArrayList<String>();
    seen.add(((Job) snapshot.state()).status().wireName());
    topic.after(snapshot.cursor().offset(), 100).forEach(event -> seen.add(event.body().type()));
    return seen;
  }

  @Test
  void topic_sweptWhileItsJobRuns_goesOnAfterTheSameCursor() {
    var job = engine.running();
    engine.report(job, 30);
    var cursor = jobs.topic(job.id()).snapshot().cursor();
    jobs.progressWriter().flush();
    engine.clock.advance(RETENTION.plusSeconds(1));
    assertThat(engine.hub.sweep()).isEqualTo(1);

    engine.complete(job);

    assertThat(jobs.topic(job.id()).start(cursor)).isInstanceOf(Start.Resumed.class);
    assertThat(engine.typesAfter(job.id(), cursor)).containsExactly("completed");
  }

  @Test
  void delete_runningJob_isAConflict() {
    var job = engine.running();

    refused(ErrorCode.CONFLICT, () -> jobs.delete(job.id()));
    assertThat(jobs.find(job.id())).isPresent();
  }

  @Test
  void delete_endedJob_isGoneAndListenersAreTold() {
    var deleted = new ArrayList<UUID>();
    jobs.listen(
        new JobListener() {
          @Override
          public void happened(JobEvent event) {}

          @Override
          public void deleted(Job job) {
            deleted.add(job.id());
          }
        });
    var job = engine.running();
    engine.complete(job);

    jobs.delete(job.id());

    assertThat(jobs.find(job.id())).isEmpty();
    assertThat(deleted).containsExactly(job.id());
    assertThat(engine.hub.size()).isZero();
    refused(ErrorCode.NOT_FOUND, () -> jobs.delete(job.id()));
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HeadwayException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
