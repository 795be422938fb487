package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.Together;
import dev.headway.core.job.Command;
import dev.headway.core.job.Eta;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSamples;
import dev.headway.core.job.JobSpec.Family;
import dev.headway.core.job.JobSpec.ParentEnd;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.ProgressReport;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Consequences of an event, run when a test says so or at once on threads of their own. */
class ParentRollupTest {
  private final EngineFixture engine = new EngineFixture();
  private final Jobs jobs = engine.jobs;
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final ParentRollup rollups = rollups(later::add);

  private ParentRollup rollups(Executor executor) {
    return new ParentRollup(jobs, engine.store, executor);
  }

  private void follow() {
    jobs.listen(rollups);
  }

  @Test
  void rollUp_weightedChildren_isTheirMean() {
    follow();
    var parent = engine.running();
    var light = child(parent, 1);
    var heavy = child(parent, 3);
    engine.report(light, 100);
    engine.report(heavy, 50);
    catchUp();

    assertThat(percent(parent)).isEqualTo((100 * 1 + 50 * 3) / 4.0);
  }

  @Test
  void rollUp_childAddedLate_doesNotFall() {
    follow();
    var parent = engine.running();
    engine.report(child(parent, 1), 80);
    catchUp();
    engine.report(child(parent, 1), 0);
    catchUp();

    assertThat(percent(parent)).isEqualTo(80.0);
  }

  @Test
  void rollUp_childThatFailed_countsAsDone() {
    follow();
    var parent = engine.running();
    var failed = child(parent, 1);
    child(parent, 1);
    jobs.apply(failed.id(), new Command.LoseLease(true));
    catchUp();

    assertThat(percent(parent)).isEqualTo(50.0);
  }

  @Test
  void rollUp_eventWhileTheStoredChildrenAreRead_isNotLost() {
    var parent = engine.running();
    var one = child(parent, 1);
    engine.report(one, 10);
    follow();
    // The store's answer is older than an event that comes before it has been taken over.
    engine.store.beforeChildrenAreReturned = () -> engine.report(one, 90);
    engine.report(one, 20);
    catchUp();

    assertThat(percent(parent)).isEqualTo(90.0);
  }

  @Test
  void cancel_parent_takesItsChildrenAlongAndIsForgotten() {
    follow();
    var parent = engine.running();
    var running = child(parent, 1);
    var ended = child(parent, 1);
    engine.complete(ended);

    jobs.apply(parent.id(), new Command.RequestCancel(false));
    catchUp();

    assertThat(engine.now(running.id()).cancelRequested()).isTrue();
    assertThat(engine.now(ended.id()).status()).isEqualTo(JobStatus.COMPLETED);
    jobs.apply(running.id(), new Command.LoseLease(true));
    jobs.apply(parent.id(), new Command.LoseLease(true));
    catchUp();
    assertThat(rollups.size()).isZero();
  }

  @Test
  void cancel_parentWhoseChildrenWereSeenOnlyBeforeARestart_takesThemAlong() {
    var parent = engine.running();
    var running = child(parent, 1);
    follow(); // begins with nothing known

    jobs.apply(parent.id(), new Command.RequestCancel(false));
    catchUp();

    assertThat(engine.now(running.id()).cancelRequested()).isTrue();
  }

  @Test
  void cancel_storeDown_isMadeUpForWithTheNextEvent() {
    follow();
    var parent = engine.running();
    var running = child(parent, 1);
    later.clear();
    var fresh = rollups(Runnable::run);
    jobs.listen(fresh);
    engine.store.beforeChildrenAreReturned =
        () -> {
          engine.store.beforeChildrenAreReturned = () -> {};
          throw new IllegalStateException("The database is gone");
        };
    jobs.apply(parent.id(), new Command.RequestCancel(false));
    assertThat(engine.now(running.id()).cancelRequested()).isFalse();

    engine.report(running, 10);

    assertThat(engine.now(running.id()).cancelRequested()).isTrue();
  }

  @Test
  void happened_childOutlivingItsParent_leavesNothingBehind() {
    follow();
    var parent = engine.running();
    var orphan = child(parent, 1);
    engine.report(orphan, 10);
    catchUp();
    assertThat(rollups.size()).isEqualTo(1);
    engine.complete(parent);

    engine.report(orphan, 20);
    catchUp();

    assertThat(rollups.size()).isZero();
  }

  @Test
  void happened_parentFails_cancelsTheChildrenThatFollowIt() {
    follow();
    var parent = engine.running();
    var follows = child(parent, 1);
    var goesOn = child(new Family(parent.id(), 1, ParentEnd.CONTINUE));
    catchUp();

    jobs.apply(parent.id(), new Command.Fail(EngineFixture.fence(parent), JobSamples.ERROR, false));
    catchUp();

    assertThat(engine.now(follows.id()).cancelRequested()).isTrue();
    assertThat(engine.now(goesOn.id()).cancelRequested()).isFalse();
    assertThat(rollups.size()).isZero();
  }

  @Test
  void tick_parentEndedBeforeAKill_cancelsItsChildren() {
    var parent = engine.running();
    var running = child(parent, 1);
    var waiting =
        engine.submitted(EngineFixture.spec(7).with(draft -> draft.family(family(parent))));
    jobs.apply(parent.id(), new Command.RequestCancel(false));

    var restarted = engine.restarted();
    var rollup = new ParentRollup(restarted, engine.store, Runnable::run);

    assertThat(rollup.tick()).isEqualTo(2);
    assertThat(rollup.tick()).isZero();
    assertThat(restarted.find(running.id()).orElseThrow().cancelRequested()).isTrue();
    assertThat(restarted.find(waiting).orElseThrow().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void tick_childThatCameAfterTheEnd_isCancelled() {
    follow();
    var parent = engine.running();
    engine.complete(parent);
    var late = engine.submitted(EngineFixture.spec(7).with(draft -> draft.family(family(parent))));

    catchUp();

    assertThat(engine.now(late).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void rollUp_allDone_hasNoTimeLeft() {
    follow();
    var parent = engine.running();
    var report = new ProgressReport(40.0, null, null, null, null, null);
    var eta = new Eta(60, 30, 90);
    jobs.apply(parent.id(), new Command.Report(EngineFixture.fence(parent), report, eta));
    var child = child(parent, 1);
    engine.complete(child);
    catchUp();

    assertThat(percent(parent)).isEqualTo(100.0);
    assertThat(engine.now(parent.id()).progress().eta()).isNull();
  }

  private static Family family(Job parent) {
    return new Family(parent.id(), 1);
  }

  @Test
  void rollUp_childrenOnManyThreads_endsWhereTheyAllAre() throws Exception {
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    jobs.listen(rollups(executor));
    var parent = engine.running();
    var one = child(parent, 1);
    var two = child(parent, 1);
    try (var threads = new Together(2)) {
      threads.run(List.<Callable<Boolean>>of(() -> finishes(one), () -> finishes(two)));
    }
    executor.shutdown();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

    assertThat(percent(parent)).isEqualTo(100.0);
  }

  private boolean finishes(Job job) {
    for (var percent = 0; percent <= 100; percent += 5) {
      engine.report(job, percent);
    }
    engine.complete(job);
    return true;
  }

  private void catchUp() {
    for (var task = later.poll(); task != null; task = later.poll()) {
      task.run();
    }
  }

  private Job child(Job parent, double weight) {
    return child(new Family(parent.id(), weight));
  }

  private Job child(Family family) {
    return engine.running(EngineFixture.spec(7).with(draft -> draft.family(family)));
  }

  private double percent(Job job) {
    var percent = engine.now(job.id()).progress().percent();
    return percent == null ? -1 : percent;
  }
}
