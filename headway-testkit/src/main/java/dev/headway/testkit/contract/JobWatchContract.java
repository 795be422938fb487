package dev.headway.testkit.contract;

import static dev.headway.testkit.contract.SampleJobs.announced;
import static dev.headway.testkit.contract.SampleJobs.child;
import static dev.headway.testkit.contract.SampleJobs.limited;
import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobSpec.Family;
import dev.headway.core.job.JobSpec.ParentEnd;
import dev.headway.core.job.Json;
import dev.headway.core.port.Announcements.Announcement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Running jobs that need a look, a worker's jobs, and a job's children. */
interface JobWatchContract extends JobStoreFixture {
  /** Long enough ago to be over any edge, short enough to be under it. */
  Duration TICK = Duration.ofNanos(1_000);

  private Instant now() {
    return jobs().clock().instant();
  }

  @Test
  default void due_waitingAndEndedJobs_never() {
    jobs().waiting(limited(spec("noop", null), Duration.ofSeconds(1)));
    jobs().completed(limited(spec("noop", null), Duration.ofSeconds(1)));

    assertThat(store().due(now().plus(Duration.ofDays(1)), 10)).isEmpty();
  }

  @Test
  default void due_silentForHalfTheLease_fromThenOn() {
    var job = jobs().running(spec("noop", null), "worker");
    var stalls = now().plus(SampleJobs.LEASE.dividedBy(2));

    assertThat(store().due(stalls.minus(TICK), 10)).isEmpty();
    assertThat(store().due(stalls, 10)).containsExactly(job.id());
    assertThat(store().due(stalls.plusSeconds(3_600), 10)).containsExactly(job.id());
  }

  @Test
  default void due_alreadyStalled_atTheEndOfTheLease() {
    var job = jobs().running(spec("noop", null), "worker");
    var expires = now().plus(SampleJobs.LEASE);
    jobs().clock().advance(SampleJobs.LEASE.dividedBy(2));
    var stalled = jobs().moved(job, new Command.Stall());

    assertThat(store().due(expires.minus(TICK), 10)).isEmpty();
    assertThat(store().due(expires, 10)).containsExactly(stalled.id());
  }

  @Test
  default void due_leaseRenewedByCheckpoint_later() {
    var job = jobs().running(spec("noop", null), "worker");
    jobs().clock().advance(Duration.ofSeconds(10));
    var renewed = jobs().decided(job, new Command.Renew(SampleJobs.token(job)));
    store().storeProgress(List.of(renewed));
    var stalls = now().plus(SampleJobs.LEASE.dividedBy(2));

    assertThat(store().due(stalls.minus(TICK), 10)).isEmpty();
    assertThat(store().due(stalls, 10)).containsExactly(renewed.id());
  }

  @Test
  default void due_attemptTooLong_evenIfTheWorkerReports() {
    var limit = Duration.ofSeconds(5);
    var job = jobs().running(limited(spec("noop", null), limit), "worker");
    var ends = now().plus(limit);
    jobs().clock().advance(Duration.ofSeconds(4));
    var report = jobs().reported(job, 50, "busy");
    store().storeProgress(List.of(report));

    assertThat(store().due(ends.minus(TICK), 10)).isEmpty();
    assertThat(store().due(ends, 10)).containsExactly(report.id());
  }

  @Test
  default void due_cancelNotAnswered_afterASecond() {
    var job = jobs().running(spec("noop", null), "worker");
    var stopping = jobs().moved(job, new Command.RequestCancel(false));

    assertThat(store().due(now().plusSeconds(1).minus(TICK), 10)).isEmpty();
    assertThat(store().due(now().plusSeconds(1), 10)).containsExactly(stopping.id());
  }

  @Test
  default void due_severalJobs_theLongestDueFirst() {
    var slow = jobs().running(spec("noop", null), "worker");
    var brief = jobs().running(limited(spec("noop", null), Duration.ofSeconds(2)), "worker");
    var late = jobs().running(spec("noop", null), "worker");
    var then = now().plus(SampleJobs.LEASE);

    assertThat(store().due(then, 10)).containsExactly(brief.id(), slow.id(), late.id());
    assertThat(store().due(then, 2)).containsExactly(brief.id(), slow.id());
  }

  @Test
  default void heldBy_worker_itsRunningJobsOldestFirst() {
    var first = jobs().running(spec("noop", null), "one");
    jobs().running(spec("noop", null), "two");
    jobs().completed(jobs().running(spec("noop", null), "one"));
    var second = jobs().running(spec("noop", 7L), "one");

    assertThat(store().heldBy("one")).containsExactly(first.id(), second.id());
    assertThat(store().heldBy("ONE")).isEmpty();
  }

  @Test
  default void children_parent_directOnesOldestFirst() {
    var parent = jobs().waiting(spec("noop", null));
    var family = new JobSpec.Family(parent.id(), 1);
    var first = jobs().completed(child(spec("noop", null), family));
    var second = jobs().waiting(child(spec("noop", null), family));
    jobs().waiting(child(spec("noop", null), new JobSpec.Family(first.id(), 1)));

    assertThat(store().children(parent.id())).containsExactly(first, second);
    assertThat(store().children(second.id())).isEmpty();
  }

  @Test
  default void children_largePayloadsAndResults_areNotRead() {
    var parent = jobs().waiting(spec("noop", null));
    var large = new Json("{\"a\":\"" + "x".repeat(Job.LISTED) + "\"}");
    var spec = child(JobSpec.of("noop", large, null), new JobSpec.Family(parent.id(), 1));

    var child = jobs().completed(spec);

    assertThat(store().children(parent.id())).containsExactly(child.listed());
  }

  @Test
  default void callbacksDue_endedJobsWithAnAddress_untilNothingMoreIsToBeDone() {
    jobs().completed(spec("noop", null));
    jobs().waiting(announced(spec("noop", null), "https://example.org/a"));
    var ended = jobs().completed(announced(spec("noop", null), "https://example.org/b"));
    var first = new Announcement(ended.id(), "https://example.org/b", 0);
    assertThat(store().callbacksDue(now(), 10, Set.of())).containsExactly(first);

    assertThat(store().claimCallback(first, now(), now().plusSeconds(30))).isTrue();
    assertThat(store().callbacksDue(now(), 10, Set.of())).isEmpty();

    store().callbackTried(first, now().plusSeconds(5));
    var second = new Announcement(ended.id(), "https://example.org/b", 1);
    assertThat(store().callbacksDue(now(), 10, Set.of())).isEmpty();
    assertThat(store().callbacksDue(now().plusSeconds(5), 10, Set.of())).containsExactly(second);

    var later = now().plusSeconds(5);
    assertThat(store().claimCallback(second, later, later.plusSeconds(30))).isTrue();
    store().callbackTried(second, null);
    assertThat(store().callbacksDue(now().plusSeconds(3_600), 10, Set.of())).isEmpty();
  }

  @Test
  default void claimCallback_byManyNodesAtOnce_isOnes() {
    var ended = jobs().completed(announced(spec("noop", null), "https://example.org/b"));
    var due = new Announcement(ended.id(), "https://example.org/b", 0);
    var until = now().plusSeconds(30);

    var claimed =
        AtOnce.all(Collections.nCopies(8, due), one -> store().claimCallback(one, now(), until));

    assertThat(claimed).containsOnlyOnce(true);
    assertThat(store().claimCallback(due, until, until.plusSeconds(30)))
        .as("read before the first attempt")
        .isFalse();
  }

  @Test
  default void claimCallback_nodeThatDiedDuringItsAttempt_leavesItToAnother() {
    var ended = jobs().completed(announced(spec("noop", null), "https://example.org/b"));
    var first = new Announcement(ended.id(), "https://example.org/b", 0);
    var until = now().plusSeconds(30);
    assertThat(store().claimCallback(first, now(), until)).isTrue();

    var again = new Announcement(ended.id(), "https://example.org/b", 1);
    assertThat(store().callbacksDue(until, 10, Set.of())).containsExactly(again);
    assertThat(store().claimCallback(again, until, until.plusSeconds(30))).isTrue();

    store().callbackTried(first, null); // the first node was only slow
    assertThat(store().callbacksDue(until.plusSeconds(30), 10, Set.of()))
        .as("the second attempt is the one that counts")
        .extracting(Announcement::attempts)
        .containsExactly(2);
  }

  @Test
  default void callbacksDue_exceptAHost_leavesOutItsAddressesAlone() {
    var job = spec("noop", null);
    var bare = jobs().completed(announced(job, "http://dead:81"));
    var path = jobs().completed(announced(job, "http://dead:81/a?b"));
    var query = jobs().completed(announced(job, "http://dead:81?b"));
    var longer = jobs().completed(announced(job, "http://dead:811/a"));
    var other = jobs().completed(announced(job, "https://example.org/b"));

    assertThat(store().callbacksDue(now(), 10, Set.of("http://dead:81", "http://other")))
        .extracting(Announcement::job)
        .containsExactlyInAnyOrder(longer.id(), other.id())
        .doesNotContain(bare.id(), path.id(), query.id());
    assertThat(store().callbacksDue(now(), 10, Set.of())).hasSize(5);
  }

  @Test
  default void orphans_childrenOfEndedOrStoppingParents_areThoseThatFollow() {
    var ended = jobs().running(spec("noop", null), "w");
    var stopping = jobs().running(spec("noop", null), "w");
    var running = jobs().running(spec("noop", null), "w");
    var first = jobs().waiting(child(spec("noop", null), new Family(ended.id(), 1)));
    var second = jobs().running(child(spec("noop", null), new Family(stopping.id(), 1)), "w");
    jobs().waiting(child(spec("noop", null), new Family(running.id(), 1)));
    var goesOn = new Family(ended.id(), 1, ParentEnd.CONTINUE);
    jobs().waiting(child(spec("noop", null), goesOn));
    assertThat(store().orphans(10)).isEmpty();

    jobs().failed(ended);
    jobs().moved(stopping, new Command.RequestCancel(false));

    assertThat(store().orphans(10)).containsExactly(first.id(), second.id());
    assertThat(store().orphans(1)).containsExactly(first.id());
    jobs().moved(first, new Command.RequestCancel(false));
    jobs().moved(second, new Command.RequestCancel(false));
    assertThat(store().orphans(10)).isEmpty();
  }
}
