package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.LEASE;
import static dev.headway.core.engine.EngineFixture.fence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSamples;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.port.Bus;
import dev.headway.core.port.ProgressLedger;
import dev.headway.core.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A store that fails: nothing is published that is not stored, and no end is lost. */
class StoreTroubleTest {
  private static final Topic.Listener SILENT =
      new Topic.Listener() {
        @Override
        public void appended() {}

        @Override
        public void removed() {}
      };

  private final EngineFixture engine = new EngineFixture();
  private final Jobs jobs = engine.jobs;

  @Test
  void await_storeThatCannotBeRead_waitsAndDoesNotFail() throws Exception {
    var queues = engine.jobs.queues();
    engine.store.down = true;

    var seen = engine.jobs.queueSignal().count();
    var left = queues.await(EngineFixture.waiting(), seen, Duration.ofMillis(1));

    assertThat(left).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void apply_storeDown_changesAndPublishesNothing() {
    var job = engine.running();
    engine.store.down = true;

    assertThatThrownBy(() -> engine.complete(job)).isInstanceOf(IllegalStateException.class);

    engine.store.down = false;
    assertThat(engine.types(job.id())).containsExactly("queued", "started");
    engine.complete(job);
    assertThat(engine.types(job.id())).containsExactly("queued", "started", "completed");
  }

  @Test
  void apply_endStoredButItsAnswerLost_isPublishedWhenTheWorkerTriesAgain() {
    var job = engine.running();
    engine.store.losesNextAnswer = true;
    assertThatThrownBy(() -> engine.complete(job)).isInstanceOf(IllegalStateException.class);

    var again = jobs.decide(job.id(), new Command.Complete(fence(job), Json.EMPTY_OBJECT));

    assertThat(again).isInstanceOf(Decision.Accepted.class);
    assertThat(engine.types(job.id())).containsExactly("queued", "started", "completed");
  }

  @Test
  void find_endStoredButItsAnswerLost_isTheEnd() {
    var job = engine.running();
    engine.store.losesNextAnswer = true;
    assertThatThrownBy(() -> engine.complete(job)).isInstanceOf(IllegalStateException.class);

    assertThat(engine.now(job.id()).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void settle_endStoredButItsAnswerLost_tellsTheWatchers() {
    var job = engine.running();
    var topic = jobs.topic(job.id());
    topic.listen(SILENT);
    engine.store.losesNextAnswer = true;
    assertThatThrownBy(() -> engine.complete(job)).isInstanceOf(IllegalStateException.class);
    engine.store.down = true;
    assertThat(jobs.settle()).isZero();
    engine.store.down = false;

    assertThat(jobs.settle()).isEqualTo(1);
    assertThat(jobs.settle()).as("there is nothing more").isZero();

    assertThat(topic.snapshot().state().ended()).isTrue();
    assertThat(engine.types(job.id())).containsExactly("queued", "started", "completed");
  }

  @Test
  void settle_lineStoredButItsAnswerLost_showsTheLineOnce() {
    var job = engine.running();
    jobs.topic(job.id()).listen(SILENT);
    engine.store.losesNextAnswer = true;
    assertThatThrownBy(() -> jobs.log(job.id(), "log", List.of("a line")))
        .isInstanceOf(IllegalStateException.class);

    assertThat(jobs.settle()).isEqualTo(1);
    assertThat(jobs.settle()).as("there is nothing more").isZero();

    assertThat(engine.types(job.id())).containsExactly("queued", "started", "log");
  }

  @Test
  void read_endedElsewhereWhileNobodyWatched_isTheEndAndItsCursor() {
    var job = engine.running();
    var before = jobs.read(job.id()).orElseThrow();
    engine.restarted().apply(job.id(), new Command.Complete(fence(job), Json.EMPTY_OBJECT));

    var after = jobs.read(job.id()).orElseThrow();

    assertThat(after.job().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(after.cursor().offset()).isGreaterThan(before.cursor().offset());
  }

  @Test
  void decide_refusalFromAStaleMemory_isDecidedAnewFromTheStore() {
    var job = engine.running(EngineFixture.spec().withMaxAttempts(2));
    var elsewhere = engine.restarted();
    elsewhere.apply(job.id(), new Command.LoseLease(true));
    var again = elsewhere.apply(job.id(), new Command.Claim("worker-2", "second", LEASE));

    var decision = jobs.decide(job.id(), new Command.Complete(fence(again), Json.EMPTY_OBJECT));

    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    assertThat(engine.now(job.id()).attempt()).isEqualTo(2);
  }

  @Test
  void apply_movedByAnotherNode_isSeenHereWithTheNextCommand() {
    var job = engine.running();
    var told = new ArrayList<String>();
    jobs.listen(event -> told.add(event.type()));
    var elsewhere = engine.restarted();
    elsewhere.apply(job.id(), new Command.RequestCancel(true));

    engine.complete(job);

    assertThat(told).containsExactly("cancel_requested", "cancel_too_late", "completed");
    assertThat(engine.now(job.id()).cancel()).isNotNull();
    assertThat(engine.store.find(job.id())).contains(engine.now(job.id()));
  }

  @Test
  void catchUp_endedElsewhere_publishesTheEndOnce() {
    var job = engine.running();
    engine
        .restarted()
        .apply(job.id(), new Command.Complete(fence(job), new Json("[\"elsewhere\"]")));

    assertThat(jobs.topics().catchUp(job.id())).isTrue();
    assertThat(jobs.topics().catchUp(job.id())).as("there is nothing more").isFalse();

    assertThat(engine.types(job.id())).containsExactly("queued", "started", "completed");
    assertThat(engine.store.find(job.id())).contains(engine.now(job.id()));
  }

  @Test
  void catchUp_nothingHappenedElsewhere_publishesNothing() {
    var job = engine.running();
    engine.clock.advanceSeconds(1);
    engine.report(job, 40); // not stored yet, and newer than what is

    assertThat(jobs.topics().catchUp(job.id())).isFalse();

    assertThat(engine.types(job.id())).containsExactly("queued", "started", "progress");
  }

  @Test
  void catchUp_deletedElsewhere_letsGoOfTheTopic() {
    var job = engine.running();
    var elsewhere = engine.restarted();
    elsewhere.apply(job.id(), new Command.Complete(fence(job), Json.EMPTY_OBJECT));
    elsewhere.delete(job.id());

    assertThat(jobs.topics().catchUp(job.id())).isTrue();

    assertThat(jobs.find(job.id())).isEmpty();
  }

  @Test
  void report_storeDown_stillArrives() {
    var job = engine.running();
    engine.store.down = true;

    engine.report(job, 70);

    engine.store.down = false;
    assertThat(engine.types(job.id())).containsExactly("queued", "started", "progress");
    assertThat(engine.now(job.id()).progress().percent()).isEqualTo(70.0);
  }

  @Test
  void flush_storeDown_keepsWhatCouldNotBeWritten() {
    var job = engine.running();
    engine.report(job, 70);
    engine.store.down = true;
    assertThatThrownBy(() -> jobs.progressWriter().flush())
        .isInstanceOf(IllegalStateException.class);
    assertThat(jobs.progressWriter().pending()).isEqualTo(1);

    engine.store.down = false;
    jobs.progressWriter().flush();

    assertThat(engine.store.find(job.id()).orElseThrow().progress().percent()).isEqualTo(70.0);
    assertThat(jobs.progressWriter().pending()).isZero();
  }

  @Test
  void tick_oneJobThatFails_doesNotKeepTheOthersFromBeingLookedAt() {
    var lost = engine.running();
    engine.store.ghosts = List.of(JobSamples.running(1).id());
    engine.clock.advanceSeconds(10);
    var watchdog = new Watchdog(jobs, engine.store, engine.clock, Duration.ofSeconds(30));

    assertThat(watchdog.tick()).isEqualTo(1);
    assertThat(engine.now(lost.id()).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void recover_reportsLeftInTheLedger_areStoredUnlessTheJobHasMovedOn() {
    var left = engine.running();
    engine.clock.advanceSeconds(1);
    engine.report(left, 70);
    var moved = engine.running();
    engine.report(moved, 30);
    engine.complete(moved);
    var entries = List.of(entry(engine.now(left.id())), entry(moved));

    var ledger = new LeftLedger(entries);
    var recovered = new ProgressWriter(engine.store, ledger, new JobRings(Bus.NONE)).recover();

    assertThat(recovered).isEqualTo(1);
    assertThat(engine.store.find(left.id())).contains(engine.now(left.id()));
    assertThat(engine.store.find(moved.id())).contains(engine.now(moved.id()));
  }

  private static ProgressLedger.Entry entry(Job job) {
    var lease = Objects.requireNonNull(job.lease());
    return new ProgressLedger.Entry(
        job.id(),
        job.version(),
        job.position().reports(),
        job.progress(),
        lease.expiresAt(),
        job.times().updated());
  }

  private record LeftLedger(List<Entry> left) implements ProgressLedger {
    @Override
    public void write(Job job) {}

    @Override
    public void erase(UUID job) {}
  }

  @Test
  void find_afterARestart_isTheJobAsItWasLastStored() {
    var job = engine.running();
    engine.report(job, 70);
    jobs.progressWriter().flush();
    engine.report(job, 71);

    var restarted = engine.restarted();

    assertThat(restarted.find(job.id()).map(Job::progress))
        .hasValueSatisfying(progress -> assertThat(progress.percent()).isEqualTo(70.0));
  }
}
