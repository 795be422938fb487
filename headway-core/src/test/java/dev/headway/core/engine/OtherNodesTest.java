package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.LEASE;
import static dev.headway.core.engine.EngineFixture.fence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.port.Bus;
import dev.headway.core.port.LedgerRecord;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes over one store. */
class OtherNodesTest {
  private final EngineFixture engine = new EngineFixture("here");
  private final Jobs here = engine.jobs;
  private final Hub farHub =
      new Hub(engine.clock, engine.ids, new Hub.Limits(4_096, EngineFixture.RETENTION));
  private final Jobs there = engine.node(farHub, engine.member("there"));
  private final OtherNodes nearby = followed(engine.hub, here);
  private final OtherNodes far = followed(farHub, there);

  private OtherNodes followed(Hub hub, Jobs jobs) {
    var feeds = new Feeds(hub, engine.store);
    return new OtherNodes(hub, jobs, engine.store, feeds, Bus.NONE, engine.clock);
  }

  private void tick() {
    here.progressWriter().flush();
    there.progressWriter().flush();
    nearby.tick();
    far.tick();
  }

  private static List<String> types(Jobs jobs, UUID id) {
    return jobs.topic(id).after(0, 1_000).stream().map(event -> event.body().type()).toList();
  }

  private static List<Double> percents(Jobs jobs, UUID id) {
    return jobs.topic(id).after(0, 1_000).stream()
        .map(event -> ((JobEvent) event.body()).job().progress().percent())
        .toList();
  }

  private static void report(Jobs jobs, Job job, double percent) {
    jobs.report(job.id(), fence(job), ProgressReport.of(percent, "at " + percent));
  }

  @Test
  void tick_severalMilestonesElsewhere_publishesEachInOrder() {
    var id = engine.submitted(EngineFixture.spec().with(draft -> draft.attempts(Attempts.of(2))));
    there.topic(id);
    var job = here.apply(id, new Command.Claim("w", "one", LEASE));
    engine.report(job, 40);
    var error = JobError.of(ErrorCode.EXECUTION_ERROR, "No more paper");
    here.apply(id, new Command.Fail(fence(job), error, true));
    engine.pass(EngineFixture.RETENTION);
    here.apply(id, new Command.Claim("w", "two", LEASE));
    here.log(id, "log", List.of("a line"));
    here.apply(id, new Command.RequestCancel(true));
    here.apply(id, new Command.Complete("two", Json.EMPTY_OBJECT));

    assertThat(far.tick()).isEqualTo(1);

    assertThat(types(there, id))
        .containsExactly(
            "started",
            "attempt_failed",
            "started",
            "log",
            "cancel_requested",
            "cancel_too_late",
            "completed");
    assertThat(there.topic(id).snapshot()).isEqualTo(here.topic(id).snapshot());
    assertThat(far.tick()).isZero();
  }

  @Test
  void catchUp_jobEndsBetweenTheReadsOfItAndItsMilestones_endsOnce() {
    var id = engine.submitted(EngineFixture.spec());
    there.topic(id);
    var job = here.apply(id, new Command.Claim("w", "fence", LEASE));
    engine.store.beforeMilestones =
        () -> {
          engine.store.beforeMilestones = () -> {};
          engine.complete(job);
        };

    far.tick();
    far.tick();

    assertThat(types(there, id)).containsExactly("started", "completed");
    assertThat(there.topic(id).snapshot()).isEqualTo(here.topic(id).snapshot());
  }

  @Test
  void tick_manyJobs_asksTheStoreOnce() {
    for (var count = 0; count < 200; count++) {
      there.topic(engine.submitted(EngineFixture.spec()));
    }
    engine.store.reads.set(0);

    assertThat(far.tick()).isZero();

    assertThat(engine.store.reads).hasValue(1);
  }

  @Test
  void tick_jobThatIsGone_endsItsTopic() {
    var job = engine.running();
    there.topic(job.id());
    engine.complete(job);
    engine.store.delete(job.id());

    far.tick();

    assertThat(farHub.live(TopicName.ofJob(job.id()))).isEmpty();
  }

  @Test
  void cancel_onANodeThatIsBehind_keepsProgressAndBothSeeItOnce() {
    var job = engine.running();
    there.topic(job.id());
    engine.report(job, 40);
    here.progressWriter().flush();
    engine.report(job, 60);

    there.apply(job.id(), new Command.RequestCancel(false));
    tick();
    tick();

    for (var jobs : List.of(here, there)) {
      assertThat(percents(jobs, job.id())).isSorted().last().isEqualTo(60.0);
      assertThat(types(jobs, job.id())).containsOnlyOnce("cancel_requested");
    }
    assertThat(engine.store.find(job.id())).contains(engine.now(job.id()));
  }

  @Test
  void resume_onANodeThatCountedReportsDifferently_repeatsNoMilestone() {
    var job = engine.running();
    there.topic(job.id());
    report(here, job, 10);
    for (var percent = 20; percent < 60; percent += 10) { // this node counts more than is stored
      report(there, job, percent);
    }
    here.apply(job.id(), new Command.Complete(fence(job), Json.EMPTY_OBJECT));
    var ended = here.topic(job.id()).snapshot().cursor();
    far.tick();

    var start = there.topic(job.id()).start(ended);

    assertThat(start)
        .isInstanceOfSatisfying(
            Topic.Start.Resumed.class,
            resumed -> assertThat(there.topic(job.id()).after(resumed.offset(), 10)).isEmpty());
  }

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void report_toEitherNode_percentNeverFallsForAnyWatcher(long seed) {
    var random = new Random(seed);
    var job = engine.running();
    there.topic(job.id());
    var percent = 0.0;
    for (var step = 0; step < 40; step++) {
      engine.clock.advance(Duration.ofMillis(10));
      percent += random.nextInt(3);
      report(random.nextBoolean() ? here : there, job, percent);
      switch (random.nextInt(5)) {
        case 0 -> here.progressWriter().flush();
        case 1 -> there.progressWriter().flush();
        case 2 -> nearby.tick();
        case 3 -> far.tick();
        default -> {}
      }
    }
    tick();
    tick();
    tick();

    for (var jobs : List.of(here, there)) {
      assertThat(percents(jobs, job.id())).isSorted().last().isEqualTo(percent);
    }
    assertThat(engine.store.find(job.id()).orElseThrow().progress().percent()).isEqualTo(percent);
  }

  @Test
  void report_afterThisNodeWasStopped_isJudgedByWhatIsStored() {
    var job = engine.running(EngineFixture.spec().with(draft -> draft.attempts(Attempts.of(3))));
    report(here, job, 50);
    tick();
    engine.pass(LEASE.multipliedBy(2)); // this node is stopped, the other is not
    there.decide(job.id(), new Command.LoseLease(false));
    there.apply(job.id(), new Command.Claim("w", "another", LEASE));

    var late = here.decide(job.id(), new Command.Renew(fence(job)));

    assertThat(late).isEqualTo(new Decision.Refused(Decision.Refusal.LEASE_LOST));
  }

  @Test
  void log_onANodeThatHasNotSeenTheStart_followsIt() {
    var id = engine.submitted(EngineFixture.spec());
    there.topic(id);
    far.tick();
    here.apply(id, new Command.Claim("w", "one", LEASE));
    var cursor = here.topic(id).snapshot().cursor();

    there.log(id, "log", List.of("a line"));

    assertThat(types(there, id)).containsExactly("started", "log");
    assertThat(EngineFixture.typesAfter(there.topic(id), cursor)).containsExactly("log");
  }

  @Test
  void resume_onANodeThatHadALineBeforeTheMilestone_repeatsNoMilestone() {
    var job = engine.running();
    there.topic(job.id());
    there.log(job.id(), "log", List.of("a line"));
    here.apply(
        job.id(), new Command.Fail(fence(job), JobError.of(ErrorCode.EXECUTION_ERROR, "x"), true));
    var cursor = here.topic(job.id()).snapshot().cursor();
    far.tick();

    assertThat(there.topic(job.id()).since(cursor, false, 10))
        .isInstanceOfSatisfying(
            Topic.Since.Events.class, since -> assertThat(since.events()).isEmpty());
  }

  @Test
  void complete_onANodeThatHasNotSeenALine_showsTheLineFirst() {
    var job = engine.running();
    here.topic(job.id());
    there.log(job.id(), "log", List.of("a line"));

    here.apply(job.id(), new Command.Complete(fence(job), new Json("1")));
    far.tick();

    assertThat(types(here, job.id())).endsWith("log", "completed");
    assertThat(types(there, job.id())).endsWith("log", "completed");
    var cursor = there.topic(job.id()).snapshot().cursor();
    assertThat(here.topic(job.id()).snapshot().cursor()).isEqualTo(cursor);
    assertThat(here.topic(job.id()).since(cursor, true, 10)).isInstanceOf(Topic.Since.Events.class);
  }

  @Test
  void claim_onANodeThatHasNotSeenALine_isNotHeldBack() {
    var job = engine.running(EngineFixture.spec().with(draft -> draft.attempts(Attempts.of(3))));
    var error = JobError.of(ErrorCode.EXECUTION_ERROR, "x");
    here.apply(job.id(), new Command.Fail(fence(job), error, true));
    far.tick();
    here.topic(job.id());
    engine.pass(LEASE.multipliedBy(20));
    there.log(job.id(), "log", List.of("a line"));

    assertThat(here.decide(job.id(), new Command.Claim("w", "another", LEASE)))
        .isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void rang_reportThatComesLate_isNoReportOfItsOwn() {
    var job = engine.running();
    report(here, job, 10);
    var late = LedgerRecord.of(engine.now(job.id()));
    report(here, job, 20);
    there.topic(job.id());

    far.rang(TopicName.ofJob(job.id()), 2, late);
    report(here, job, 30);
    there.apply(
        job.id(), new Command.Fail(fence(job), JobError.of(ErrorCode.EXECUTION_ERROR, "x"), false));

    assertThat(engine.store.find(job.id()).orElseThrow().progress().percent()).isEqualTo(30);
    assertThat(engine.store.find(job.id()).orElseThrow().position().reports()).isEqualTo(3);
  }

  @Test
  void resume_onANodeThatLearntOfALineBeforeReports_showsTheLineAndNoReportAgain() {
    var job = engine.running();
    there.topic(job.id());
    report(here, job, 10);
    report(here, job, 20);
    var cursor = here.topic(job.id()).snapshot().cursor();
    there.log(job.id(), "log", List.of("a line"));
    far.tick();

    assertThat(EngineFixture.typesAfter(there.topic(job.id()), cursor)).containsExactly("log");
  }

  @Test
  void covers_linesThatLeftMemory_areMissedByThoseWhoAreShownLines() {
    var job = engine.running();
    var topic = there.topic(job.id());
    var start = new Cursor(topic.snapshot().cursor().life(), 0);
    for (var line = 0; line < 5_000; line++) {
      there.log(job.id(), "log", List.of("a line"));
    }
    topic.start(start, true); // has the milestones put before the ring

    assertThat(topic.covers(start.offset(), false)).isTrue();
    assertThat(topic.covers(start.offset(), true)).isFalse();
    assertThat(topic.start(start, true))
        .isInstanceOfSatisfying(
            Topic.Start.Resumed.class,
            resumed -> assertThat(topic.covers(resumed.offset(), true)).isTrue());
  }

  @Test
  void topic_ofAJobThatAnotherNodeHasJustShown_isNotBehindIt() {
    var job = engine.running();
    there
        .topic(job.id())
        .listen(
            new Topic.Listener() {
              @Override
              public void appended() {}

              @Override
              public void removed() {}
            });
    far.tick();

    report(here, job, 20);

    var shown = (Job) there.topic(job.id()).state();
    assertThat(shown.progress().percent()).isEqualTo(20);
  }

  @Test
  void loseLease_onANodeThatHasNotSeenTheRenewal_isNotDue() {
    var job = engine.running();
    there.topic(job.id());
    engine.pass(LEASE.multipliedBy(3).dividedBy(4));
    here.apply(job.id(), new Command.Renew(fence(job)));
    tick();
    engine.pass(LEASE.dividedBy(2));

    assertThat(there.decide(job.id(), new Command.LoseLease(false)))
        .isEqualTo(new Decision.Refused(Decision.Refusal.NOT_DUE));
  }

  @Test
  void rang_milestoneThatIsNotKnownHere_isReadAtOnce() {
    var job = engine.running();
    there.topic(job.id());
    engine.complete(job);
    engine.store.reads.set(0);

    far.rang(TopicName.ofJob(job.id()), 1);
    far.rang(TopicName.ofJob(UUID.randomUUID()), 3);
    assertThat(engine.store.reads).hasValue(0);

    far.rang(TopicName.ofJob(job.id()), 3);
    assertThat(farHub.live(TopicName.ofJob(job.id())).map(Topic::state).orElseThrow().ended())
        .isTrue();
  }

  @Test
  void tick_workersWait_areWokenOnceASecondForWhatIsQueuedElsewhere() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var signal = there.queueSignal();
      var before = signal.count();
      far.tick();
      assertThat(signal.count()).as("nobody waits").isEqualTo(before);
      var waiting =
          threads.submit(
              () -> signal.await(EngineFixture.waiting(), before, Duration.ofMinutes(1)));

      while (!waiting.isDone()) {
        engine.clock.advance(Duration.ofMillis(300));
        far.tick();
      }

      assertThat(waiting.get()).isPositive();
      assertThat(signal.count()).isGreaterThan(before);
    }
  }

  @Test
  void log_onTwoNodes_hasEachLineOnceInOneOrder() {
    var job = engine.running();
    there.topic(job.id());
    var last = new ArrayList<Long>();
    for (var round = 0; round < 5; round++) {
      last.add(here.log(job.id(), "log", List.of("here", "here")));
      last.add(there.log(job.id(), "log", List.of("there")));
    }
    tick();

    assertThat(last).containsExactly(2L, 3L, 5L, 6L, 8L, 9L, 11L, 12L, 14L, 15L);
    for (var jobs : List.of(here, there)) {
      assertThat(jobs.topic(job.id()).after(0, 1_000))
          .filteredOn(event -> event.body() instanceof JobEvent.Logged)
          .extracting(event -> event.cursor().position().line())
          .isEqualTo(LongStream.rangeClosed(1, 15).boxed().toList());
    }
  }
}
