package dev.headway.testkit.contract;

import static dev.headway.testkit.contract.SampleJobs.queued;
import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Visibility;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.port.JobStore.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The jobs that wait for a worker, and their order. */
interface JobQueueContract extends JobStoreFixture {
  /** What a worker inside the server asks for. */
  Waiting ANY = new Waiting(JobSpec.DEFAULT_QUEUE, Set.of(), false, null);

  private List<Job> waiting(Waiting query, int limit) {
    return found(store().waiting(query, jobs().clock().instant(), limit));
  }

  private List<Job> found(List<UUID> ids) {
    return ids.stream().map(id -> store().find(id).orElseThrow()).toList();
  }

  @Test
  default void waiting_noJobs_isEmpty() {
    assertThat(waiting(ANY, 10)).isEmpty();
  }

  @Test
  default void waiting_samePriority_oldestFirst() {
    var first = jobs().waiting(spec("noop", null));
    var second = jobs().waiting(spec("noop", 7L));
    var third = jobs().waiting(spec("noop", null));

    assertThat(waiting(ANY, 10)).containsExactly(first, second, third);
  }

  @Test
  default void waiting_priorities_highestFirstThenOldest() {
    var low = jobs().waiting(queued(spec("noop", null), "default", -100, false));
    var middle = jobs().waiting(spec("noop", null));
    var high = jobs().waiting(queued(spec("noop", null), "default", 100, false));
    var alsoHigh = jobs().waiting(queued(spec("noop", null), "default", 100, false));

    assertThat(waiting(ANY, 10)).containsExactly(high, alsoHigh, middle, low);
    assertThat(waiting(ANY, 2)).containsExactly(high, alsoHigh);
  }

  @Test
  default void waiting_otherStates_areLeftOut() {
    var pending =
        Job.create(
            jobs().unstored(spec("noop", null)).id(),
            spec("noop", null),
            List.of(),
            jobs().clock().instant());
    store().insert(pending, List.of());
    jobs().running(spec("noop", null), "worker");
    jobs().completed(spec("noop", null));
    jobs().failed(jobs().running(spec("noop", null), "worker"));
    jobs().moved(jobs().waiting(spec("noop", null)), new Command.RequestCancel(false));

    assertThat(waiting(ANY, 10)).isEmpty();
  }

  @Test
  default void waiting_queuedAgain_keepsItsPlace() {
    var first = jobs().running(spec("noop", null).withMaxAttempts(2), "worker");
    var second = jobs().waiting(spec("noop", null));
    var error = JobError.of(ErrorCode.CONNECTION_ERROR, "Lost");
    var again = jobs().moved(first, new Command.Fail(SampleJobs.token(first), error, true));

    assertThat(waiting(ANY, 10)).containsExactly(second);
    jobs().clock().advance(Duration.ofSeconds(2));
    assertThat(waiting(ANY, 10)).containsExactly(again, second);
    assertThat(again.attempt()).isEqualTo(2);
  }

  @Test
  default void waiting_queue_isTakenExactly() {
    jobs().waiting(spec("noop", null));
    var gpu = jobs().waiting(queued(spec("noop", null), "gpu", 0, false));

    assertThat(waiting(new Waiting("gpu", Set.of(), false, null), 10)).containsExactly(gpu);
    assertThat(waiting(new Waiting("GPU", Set.of(), false, null), 10)).isEmpty();
  }

  @Test
  default void waiting_types_onlyThose() {
    var noop = jobs().waiting(spec("noop", null));
    var probe = jobs().waiting(spec("probe", null));
    jobs().waiting(spec("other", null));

    assertThat(waiting(new Waiting("default", Set.of("noop"), false, null), 10))
        .containsExactly(noop);
    assertThat(waiting(new Waiting("default", Set.of("probe", "noop"), false, null), 10))
        .containsExactly(noop, probe);
    assertThat(waiting(new Waiting("default", Set.of("none"), false, null), 10)).isEmpty();
  }

  @Test
  default void waiting_external_isKeptApart() {
    var inside = jobs().waiting(spec("noop", null));
    var outside = jobs().waiting(queued(spec("noop", null), "default", 0, true));

    assertThat(waiting(ANY, 10)).containsExactly(inside);
    assertThat(waiting(new Waiting("default", Set.of(), true, null), 10)).containsExactly(outside);
  }

  @Test
  default void waiting_anonymousOnly_leavesOwnedJobs() {
    jobs().waiting(spec("noop", 1L));
    var anonymous = jobs().waiting(spec("noop", null));

    assertThat(waiting(new Waiting("default", Set.of(), false, new Visibility(null, true)), 10))
        .containsExactly(anonymous);
  }

  @Test
  default void waiting_ofOneOwner_leavesOthersJobs() {
    var own = jobs().waiting(spec("noop", 1L));
    jobs().waiting(spec("noop", 2L));
    var anonymous = jobs().waiting(spec("noop", null));

    assertThat(waiting(new Waiting("default", Set.of(), false, new Visibility(1L, false)), 10))
        .containsExactly(own);
    assertThat(waiting(new Waiting("default", Set.of(), false, new Visibility(1L, true)), 10))
        .containsExactly(own, anonymous);
  }

  @Test
  default void waiting_claimedByManyWorkers_eachJobGoesToOne() {
    IntStream.range(0, 20).forEach(_ -> jobs().waiting(spec("noop", null)));
    var workers = IntStream.range(0, 8).mapToObj(i -> "worker-" + i).toList();
    var claims = AtOnce.all(workers, this::claimAll);

    assertThat(claims.stream().mapToInt(count -> count).sum()).isEqualTo(20);
    assertThat(waiting(ANY, 10)).isEmpty();
    assertThat(workers.stream().mapToInt(worker -> store().heldBy(worker).size()).sum())
        .isEqualTo(20);
  }

  private int claimAll(String worker) {
    var claimed = 0;
    for (var left = waiting(ANY, 4); !left.isEmpty(); left = waiting(ANY, 4)) {
      for (var job : left) {
        var command = new Command.Claim(worker, worker + claimed, SampleJobs.LEASE);
        claimed += job.status() == JobStatus.QUEUED && taken(job, command) ? 1 : 0;
      }
    }
    return claimed;
  }

  private boolean taken(Job job, Command command) {
    return store().update(jobs().decided(job, command), job.version(), List.of());
  }

  @Test
  default void waiting_jobInAPause_isPassedOverUntilItHasPassed() {
    var running = jobs().running(spec("noop", null).withMaxAttempts(2), "w");
    var other = jobs().waiting(spec("noop", null));
    var failed =
        new Command.Fail(
            SampleJobs.token(running), JobError.of(ErrorCode.EXECUTION_ERROR, "No"), true);
    var pausing = jobs().moved(running, failed);
    var ready = Objects.requireNonNull(pausing.times().ready());

    assertThat(store().find(pausing.id())).contains(pausing);
    assertThat(found(store().waiting(ANY, ready.minusMillis(1), 10))).containsExactly(other);
    assertThat(found(store().waiting(ANY, ready, 10))).containsExactly(pausing, other);
  }

  @Test
  default void waiting_forAMoment_isClaimableFromThenOn() {
    var moment = jobs().clock().instant().plus(Duration.ofHours(1));
    var later = jobs().waiting(spec("noop", null), moment);

    assertThat(store().find(later.id())).contains(later);
    assertThat(later.times().ready()).isEqualTo(moment);
    assertThat(store().waiting(ANY, moment.minusMillis(1), 10)).isEmpty();
    assertThat(store().waiting(ANY, moment, 10)).containsExactly(later.id());
  }

  @Test
  default void waiting_forAMomentThatHasPassed_isClaimableAtOnce() {
    var job = jobs().waiting(spec("noop", null), jobs().clock().instant());

    assertThat(job.times().ready()).isNull();
    assertThat(waiting(ANY, 10)).containsExactly(job);
  }

  @Test
  default void readied_momentBetween_isSeenUntilTheJobHasBegun() {
    var moment = jobs().clock().instant().plus(Duration.ofHours(1));
    var job = jobs().waiting(spec("noop", null), moment);

    assertThat(store().readied(moment.minusMillis(1), moment)).isTrue();
    assertThat(store().readied(moment.minusMillis(2), moment.minusMillis(1))).isFalse();
    assertThat(store().readied(moment, moment.plusMillis(1))).isFalse();
    jobs().clock().advance(Duration.ofHours(2));
    jobs().claimed(job, "w");
    assertThat(store().readied(moment.minusMillis(1), moment)).isFalse();
  }
}
