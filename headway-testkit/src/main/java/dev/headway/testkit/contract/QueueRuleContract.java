package dev.headway.testkit.contract;

import static dev.headway.testkit.contract.SampleJobs.queued;
import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.job.Command;
import dev.headway.core.job.ConcurrencyKey;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.QueuePlace;
import dev.headway.core.job.QueueRule;
import dev.headway.core.job.StartRate;
import dev.headway.core.port.JobStore.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules that hold waiting jobs back, keys, rates and pauses, and places in a queue. */
interface QueueRuleContract extends JobStoreFixture {
  /** Four starts in a second, one each 250 ms. */
  StartRate FOUR_A_SECOND = new StartRate(4, Duration.ofSeconds(1));

  private static JobSpec keyed(@Nullable Long owner, String name, int limit) {
    return spec("noop", owner).with(draft -> draft.key(new ConcurrencyKey(name, limit)));
  }

  private Instant now() {
    return jobs().clock().instant();
  }

  private List<Job> claimable() {
    return store().waiting(JobQueueContract.ANY, now(), 100).stream()
        .map(id -> store().find(id).orElseThrow())
        .toList();
  }

  /** Claims a job as a node does that has found it; returns whether it could be had. */
  private boolean claims(Job job) {
    var claim = new Command.Claim("w", "token-" + job.id(), SampleJobs.LEASE);
    var accepted = jobs().accepted(job, claim);
    return store().claim(accepted.next(), job.version(), jobs().milestones(accepted));
  }

  private Job running(JobSpec spec) {
    var job = jobs().waiting(spec);
    assertThat(claims(job)).isTrue();
    return store().find(job.id()).orElseThrow();
  }

  @Test
  default void claim_waitingJob_isWrittenWithItsMilestone() {
    var job = running(spec("noop", 7L));

    assertThat(job.lease()).isNotNull();
    assertThat(store().milestones(job, 0)).hasSize(2);
    assertThat(claims(jobs().unstored(spec("noop", 7L)))).as("a job that is not stored").isFalse();
  }

  @Test
  default void key_fullByRunningJobs_holdsTheOthersBackInTheirOrder() {
    var first = running(keyed(7L, "disk", 2));
    running(keyed(7L, "disk", 2));
    var third = jobs().waiting(keyed(7L, "disk", 2));
    var fourth = jobs().waiting(keyed(7L, "disk", 2));
    var free = jobs().waiting(spec("noop", 7L));

    assertThat(claimable()).containsExactly(free);
    assertThat(claims(third)).isFalse();
    assertThat(store().find(third.id())).contains(third);

    jobs().completed(first);
    assertThat(claimable()).containsExactly(third, fourth, free);
    assertThat(claims(third)).isTrue();
    assertThat(claims(fourth)).isFalse();
  }

  @Test
  default void key_ofAnotherOwnerOrName_holdsNothingBack() {
    running(keyed(7L, "disk", 1));
    running(keyed(null, "disk", 1));

    assertThat(claims(jobs().waiting(keyed(8L, "disk", 1)))).isTrue();
    assertThat(claims(jobs().waiting(keyed(7L, "DISK", 1)))).isTrue();
    assertThat(claims(jobs().waiting(keyed(7L, "disk", 2)))).as("each has its own limit").isTrue();
    assertThat(claims(jobs().waiting(keyed(7L, "disk", 1)))).isFalse();
    assertThat(claims(jobs().waiting(keyed(null, "disk", 1)))).isFalse();
  }

  @Test
  default void key_acrossQueues_isOne() {
    running(queued(keyed(7L, "disk", 1), "gpu", 0, true));

    assertThat(claims(jobs().waiting(keyed(7L, "disk", 1)))).isFalse();
  }

  @Test
  default void key_claimedByManyAtOnce_isNeverOverfull() {
    var rivals =
        IntStream.range(0, 24).mapToObj(_ -> jobs().waiting(keyed(7L, "disk", 3))).toList();

    assertThat(AtOnce.all(rivals, this::claims)).filteredOn(claimed -> claimed).hasSize(3);
  }

  @Test
  default void pause_holdsBackWhatWaitsUntilItEnds() {
    var running = running(spec("noop", 7L));
    var job = jobs().waiting(spec("noop", 7L));
    var elsewhere = jobs().waiting(queued(spec("noop", 7L), "gpu", 0, false));

    store().setRule("default", new QueueRule(true, null));
    assertThat(claimable()).isEmpty();
    assertThat(claims(job)).isFalse();
    assertThat(claims(elsewhere)).isTrue();
    jobs().completed(running);

    store().setRule("default", QueueRule.NONE);
    assertThat(claimable()).containsExactly(job);
    assertThat(claims(job)).isTrue();
  }

  @Test
  default void rate_isHeldBeyondItsFirstPeriod() {
    store().setRule("default", new QueueRule(false, FOUR_A_SECOND));
    IntStream.range(0, 40).forEach(_ -> jobs().waiting(spec("noop", 7L)));
    var starts = 0;
    for (var at = 0; at < 300; at++) {
      for (var job : claimable()) {
        starts += claims(job) ? 1 : 0;
      }
      jobs().clock().advance(Duration.ofMillis(10));
    }

    assertThat(starts).as("in three seconds").isEqualTo(12);
  }

  @Test
  default void rate_claimedByManyAtOnce_letsOneBegin() {
    store().setRule("default", new QueueRule(false, FOUR_A_SECOND));
    var rivals = IntStream.range(0, 16).mapToObj(_ -> jobs().waiting(spec("noop", 7L))).toList();

    assertThat(AtOnce.all(rivals, this::claims)).filteredOn(claimed -> claimed).hasSize(1);
    assertThat(store().nextStart("default", now())).contains(now().plusMillis(250));
    assertThat(store().readied(now(), now().plusMillis(250))).isTrue();
    assertThat(store().nextStart("default", now().plusMillis(250))).isEmpty();
  }

  @Test
  default void queues_withJobsOrARule_areListedByName() {
    jobs().waiting(queued(spec("noop", 7L), "gpu", 0, true));
    jobs().completed(spec("noop", 7L));
    running(queued(spec("noop", 7L), "cpu", 0, true));
    store().setRule("tape", new QueueRule(true, FOUR_A_SECOND));

    assertThat(store().queues())
        .containsExactly(
            new Queue("cpu", QueueRule.NONE, 0, 1),
            new Queue("gpu", QueueRule.NONE, 1, 0),
            new Queue("tape", new QueueRule(true, FOUR_A_SECOND), 0, 0));
  }

  @Test
  default void facts_ofAWaitingJob_countThoseInFrontOfIt() {
    running(spec("noop", 7L));
    running(spec("noop", 7L));
    jobs().waiting(spec("noop", 7L));
    jobs().waiting(spec("noop", 7L), now().plusSeconds(60));
    jobs().waiting(queued(spec("noop", 7L), "default", 0, true));
    var job = jobs().waiting(spec("noop", 8L));
    jobs().waiting(queued(spec("noop", 7L), "default", 5, false));
    jobs().waiting(spec("noop", 7L));

    var facts = store().queueFacts(job, now());

    assertThat(facts.ahead()).as("one before it, one more urgent").isEqualTo(2);
    assertThat(facts.rule()).isEqualTo(QueueRule.NONE);
    assertThat(facts.starts()).hasSize(2).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(QueuePlace.of(job, facts, now()).position()).isEqualTo(3);
  }
}
