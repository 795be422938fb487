package dev.headway.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.engine.Feeds;
import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.Membership;
import dev.headway.core.engine.OtherNodes;
import dev.headway.core.engine.Watchdog;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.id.RandomIds;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.memory.InMemoryNodeRegistry;
import dev.headway.core.port.Bus;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.core.port.NodeRegistry;
import dev.headway.core.port.NodeRegistry.Entry;
import dev.headway.core.port.ProgressLedger;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.store.StatementCounter;
import dev.headway.store.TestPostgres;
import dev.headway.store.job.SqlJobStore;
import dev.headway.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Leases hold at two nodes on one PostgreSQL database, whichever node a worker speaks to. */
class TwoNodesTest {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Waiting BAKING =
      new Waiting(JobSpec.DEFAULT_QUEUE, Set.of("bake"), true, null);

  private final ManualClock clock = ManualClock.atNoon();
  private final StatementCounter database = new StatementCounter(TestPostgres.emptied("two_nodes"));
  private final JobStore store = new SqlJobStore(database);
  private final NodeRegistry registry = new InMemoryNodeRegistry(clock);
  private final Node one = new Node(1);
  private final Node two = new Node(2);

  private final class Node {
    final Membership membership;
    final Jobs jobs;
    final Watchdog watchdog;
    final OtherNodes others;
    final Topic.Listener watcher =
        new Topic.Listener() {
          @Override
          public void appended() {}

          @Override
          public void removed() {}
        };

    Node(int number) {
      var ids = new RandomIds(clock, new SplittableRandom(number));
      var hub = new Hub(clock, ids, Hub.Limits.DEFAULT);
      var own = new Entry("node-" + number, "data-" + number, "1", Map.of());
      membership = new Membership(registry, own, clock, Map::of);
      membership.tick();
      jobs = new Jobs(store, hub, clock, ids, ProgressLedger.NONE, Bus.NONE, membership);
      watchdog = new Watchdog(jobs, store, clock, Duration.ofSeconds(30));
      others = new OtherNodes(hub, jobs, store, new Feeds(hub, store), Bus.NONE, clock);
      others.tick();
    }

    UUID submitted() {
      var spec =
          JobSpec.of("bake", Json.EMPTY_OBJECT, null)
              .with(draft -> draft.external(true))
              .withMaxAttempts(3);
      return jobs.submit(jobs.nextId(), spec, List.of()).job().id();
    }

    void watch(UUID job) {
      jobs.topic(job).listen(watcher);
    }

    /** Everything that it does again and again, once. */
    long statementsOfARound() {
      var before = database.statements();
      others.tick();
      watchdog.tick();
      jobs.progressWriter().flush();
      jobs.settle();
      return database.statements() - before;
    }

    Job claimed() {
      return jobs.claim(BAKING, "worker", LEASE).orElseThrow();
    }

    Job reported(Job claimed, double percent) {
      return jobs.report(claimed.id(), fence(claimed), ProgressReport.of(percent, "on its way"));
    }

    Job completed(Job claimed) {
      return jobs.apply(claimed.id(), new Command.Complete(fence(claimed), Json.EMPTY_OBJECT));
    }
  }

  private static String fence(Job claimed) {
    return Objects.requireNonNull(claimed.lease()).token();
  }

  /** Lets time pass, in which both nodes renew their memberships. */
  private void pass(Duration time) {
    for (var second = 0; second < time.toSeconds(); second++) {
      clock.advance(Duration.ofSeconds(1));
      one.membership.tick();
      two.membership.tick();
    }
  }

  /** A job of which the first node last heard when its first attempt was at 30 %. */
  private Job claimedAndReportedAtTheFirst() {
    one.submitted();
    var claimed = one.claimed();
    one.reported(claimed, 30);
    one.jobs.progressWriter().flush();
    return claimed;
  }

  @Test
  void round_ofANodeThatHasNothingToDo_asksTheSameForOneWatchedJobAndForHundreds() {
    one.watch(one.submitted());
    one.statementsOfARound(); // what is asked once
    var ofOne = one.statementsOfARound();

    for (var more = 0; more < 300; more++) {
      one.watch(one.submitted());
    }

    assertThat(one.statementsOfARound()).isEqualTo(ofOne).isPositive();
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HeadwayException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.LEASE_LOST));
  }

  @Test
  void report_withALeaseThatTheOtherNodeHasEnded_isRefusedAndShownToNobody() {
    var first = claimedAndReportedAtTheFirst();
    pass(LEASE.plusSeconds(1));
    two.watchdog.tick();
    var second = two.claimed();
    assertThat(second.attempt()).isEqualTo(2);

    assertRefused(() -> one.reported(first, 60));

    assertThat(one.reported(second, 10).attempt()).isEqualTo(2);
    one.jobs.progressWriter().flush();
    assertThat(store.find(first.id()).orElseThrow().progress().percent()).isEqualTo(10);
  }

  @Test
  void report_ofALeaseThatIsRenewedInTime_isTakenAtBothNodes() {
    var claimed = claimedAndReportedAtTheFirst();
    pass(Duration.ofSeconds(2));

    assertThat(two.reported(claimed, 50).progress().percent()).isEqualTo(50);
    two.jobs.progressWriter().flush();
    pass(Duration.ofSeconds(1));
    assertThat(one.reported(claimed, 40).progress().percent()).as("never falls").isEqualTo(50);
  }

  @Test
  void report_afterTheOtherNodeWasAskedToCancel_tellsTheWorker() {
    var claimed = claimedAndReportedAtTheFirst();
    two.jobs.apply(claimed.id(), new Command.RequestCancel(false));
    one.others.tick();

    assertThat(one.reported(claimed, 40).cancelRequested()).isTrue();
  }

  @Test
  void complete_lateAtANodeThatKnowsOfNoLoss_countsWhileNoOtherAttemptHasBegun() {
    var first = claimedAndReportedAtTheFirst();
    pass(LEASE.plusSeconds(1));
    two.watchdog.tick();
    assertThat(store.find(first.id()).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);

    assertThat(one.completed(first).status()).isEqualTo(JobStatus.COMPLETED);

    assertThat(two.jobs.find(first.id()).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(two.jobs.claim(BAKING, "worker", LEASE)).isEmpty();
  }

  @Test
  void complete_lateAfterAnotherAttemptHasBegun_isRefused() {
    var first = claimedAndReportedAtTheFirst();
    pass(LEASE.plusSeconds(1));
    two.watchdog.tick();
    var second = two.claimed();

    assertRefused(() -> one.completed(first));

    assertThat(one.completed(second).status()).isEqualTo(JobStatus.COMPLETED);
  }
}
