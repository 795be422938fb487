package dev.headway.testkit.contract;

import static dev.headway.testkit.contract.SampleJobs.named;
import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.CancelRequest;
import dev.headway.core.job.Checkpoint;
import dev.headway.core.job.Command;
import dev.headway.core.job.ConcurrencyKey;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Eta;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobSpec.ParentEnd;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lease;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.PastLeases;
import dev.headway.core.job.Plan.Step;
import dev.headway.core.job.Progress;
import dev.headway.core.job.RetryPause;
import dev.headway.core.job.Times;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.PageRequest;
import dev.headway.core.topic.Position;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Inserting, finding, updating and deleting jobs. */
interface JobWriteContract extends JobStoreFixture {
  @Test
  default void find_unknownId_isEmpty() {
    assertThat(store().find(UUID.fromString("01900000-0000-7000-8000-000000000000"))).isEmpty();
  }

  @Test
  default void insert_minimalJob_isFoundUnchanged() {
    var job = jobs().waiting(spec("noop", null));

    assertThat(store().find(job.id())).contains(job);
  }

  @Test
  default void insert_jobWithEveryField_isFoundUnchanged() {
    var job = withEveryField(jobs().unstored(spec("noop", 7L)));
    store().insert(job, List.of());

    assertThat(store().find(job.id())).contains(job);
  }

  private Job withEveryField(Job job) {
    var now = jobs().clock().instant();
    var spec =
        new JobSpec(
            "fill-schedule",
            new Json("{\"lots\":[1,2,3]}"),
            7L,
            "gpu",
            -100,
            new Attempts(5, 0, new RetryPause(Duration.ofMillis(250), 1.5, Duration.ofHours(1))),
            Duration.ofMillis(1_500),
            true,
            "my-key",
            UUID.fromString("01900000-0000-7000-8000-000000000001"),
            new JobSpec.Family(
                UUID.fromString("01900000-0000-7000-8000-000000000002"), 0.1, ParentEnd.CONTINUE),
            "https://example.org/hook",
            "Fill week 12",
            new ConcurrencyKey("press 4", 3),
            List.of("nightly", "customer 7, \\ and\nmore"),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    var eta = new Eta(1.5, 0.1, 1e9);
    var metadata = new Json("{\"stage\":\"a\"}");
    return new Job(
        job.id(),
        spec,
        JobStatus.IN_PROGRESS,
        3,
        List.of(
            new Step("a", 1),
            new Step("", 0.1),
            new Step("b\nc\\n", 1e6),
            new Step("2.5\td", 1),
            new Step("\u001f", 2.5e-7)),
        new Progress(
            100.0 / 3, "a", "14 of 15", 14L, 15L, eta, metadata, new Progress.Begin(now, 12.5)),
        new Lease("token", "worker-1", Duration.ofSeconds(30), now.plusSeconds(30), true),
        new PastLeases(2, "earlier"),
        new CancelRequest(now, true),
        null,
        new Times(
            now, now.plusMillis(1), now.plusMillis(2), null, now.plusMillis(3), now.plusMillis(4)),
        null,
        9,
        new Position(11, 345, 0));
  }

  @Test
  default void update_eachOutcome_isFoundUnchanged() {
    var completed = jobs().completed(spec("noop", null));
    var details = new JobError(ErrorCode.WORKER_LOST, "Gone", "The details");
    var rejected = jobs().moved(jobs().waiting(spec("noop", null)), new Command.Reject(details));
    var stopping =
        jobs().moved(jobs().running(spec("noop", null), "w"), new Command.RequestCancel(true));
    var partial =
        jobs()
            .moved(
                stopping,
                new Command.AcknowledgeCancel(SampleJobs.token(stopping), new Json("[1]")));
    var cancelled =
        jobs().moved(jobs().waiting(spec("noop", null)), new Command.RequestCancel(false));

    for (var job : List.of(completed, rejected, partial, cancelled)) {
      assertThat(store().find(job.id())).contains(job);
    }
    assertThat(partial.outcome()).isEqualTo(new Outcome.Cancelled(new Json("[1]")));
  }

  @Test
  default void insert_jobWithoutSteps_isFoundUnchanged() {
    var now = jobs().clock().instant();
    var id = UUID.fromString("01900000-0000-7000-8000-000000000003");
    var job = Job.create(id, spec("noop", null), List.of(), now);
    store().insert(job, List.of());

    assertThat(store().find(id)).contains(job);
  }

  @Test
  default void insert_unicode_isFoundUnchanged() {
    var text = "Füllung 充填 🏭 \u202Eעברית\u202C \t\r\n'; DROP TABLE job; -- %s ${x} :y ?";
    var spec = JobSpec.of("プログ", new Json('"' + text + '"'), null);
    var job = jobs().running(named(spec, text), text);
    var reported = jobs().reported(job, 1, text);
    store().storeProgress(List.of(reported));

    assertThat(store().find(job.id())).contains(reported);
    assertThat(store().heldBy(text)).containsExactly(reported.id());
    assertThat(store().find(reported.id())).contains(reported);
  }

  @Test
  default void insert_fiveMegabytes_areFoundUnchanged() {
    var payload = new Json('"' + "é0123456".repeat(600_000) + '"');
    var running = jobs().running(JobSpec.of("noop", payload, null), "w");
    var token = SampleJobs.token(running);
    var job = jobs().moved(running, new Command.Complete(token, payload));

    assertThat(store().find(job.id())).contains(job);
  }

  @Test
  default void insert_idTwice_throwsAndKeepsTheFirst() {
    var job = jobs().waiting(spec("noop", null));
    var other = Job.create(job.id(), spec("other", null), List.of(), jobs().clock().instant());

    assertThatThrownBy(() -> store().insert(other, List.of())).isInstanceOf(RuntimeException.class);
    assertThat(store().find(job.id())).contains(job);
  }

  @Test
  default void insert_keyUsedBySameOwner_returnsTheEarlierJobAsItIsNow() {
    var first = jobs().waiting(named(spec("noop", 7L), "key"));
    var claimed = jobs().claimed(first, "worker");
    var second = jobs().unstored(named(spec("other", 7L), "key"));

    assertThat(store().insert(second, List.of())).contains(claimed);
    assertThat(store().find(second.id())).isEmpty();
  }

  @Test
  default void insert_keyUsedByAnonymous_returnsTheEarlierJob() {
    var first = jobs().waiting(named(spec("noop", null), "key"));

    assertThat(store().insert(jobs().unstored(named(spec("noop", null), "key")), List.of()))
        .contains(first);
  }

  @Test
  default void insert_keyUsedByOthers_addsTheJob() {
    jobs().waiting(named(spec("noop", 7L), "key"));

    assertThat(store().insert(jobs().unstored(named(spec("noop", 8L), "key")), List.of()))
        .isEmpty();
    assertThat(store().insert(jobs().unstored(named(spec("noop", null), "key")), List.of()))
        .isEmpty();
    assertThat(store().insert(jobs().unstored(named(spec("noop", 7L), "KEY")), List.of()))
        .isEmpty();
  }

  @Test
  default void insert_keyOfDeletedJob_addsTheJob() {
    var deleted = jobs().completed(named(spec("noop", 7L), "key"));
    store().delete(deleted.id());

    assertThat(store().insert(jobs().unstored(named(spec("noop", 7L), "key")), List.of()))
        .isEmpty();
  }

  @Test
  default void insert_sameKeyFromManyThreads_addsOneJob() {
    var rivals =
        IntStream.range(0, 16)
            .mapToObj(_ -> jobs().unstored(named(spec("noop", 7L), "key")))
            .toList();
    var answers = AtOnce.all(rivals, job -> store().insert(job, List.of()));

    assertThat(answers).filteredOn(earlier -> earlier.isEmpty()).hasSize(1);
    var page = store().list(Filter.ALL, new PageRequest(1, 10));
    assertThat(page.total()).isEqualTo(1);
    assertThat(answers)
        .filteredOn(earlier -> earlier.isPresent())
        .allSatisfy(earlier -> assertThat(earlier).contains(page.items().getFirst()));
  }

  @Test
  default void insert_many_allAreStoredWithTheirMilestones() {
    var made = IntStream.range(0, 1_000).mapToObj(_ -> jobs().offered(spec("noop", 7L))).toList();
    var all = made.stream().map(Decision.Accepted::next).toList();
    var milestones = made.stream().flatMap(each -> jobs().milestones(each).stream()).toList();

    assertThat(store().insert(all, milestones)).isEqualTo(all);
    assertThat(store().list(Filter.ALL, new PageRequest(1, 1)).total()).isEqualTo(1_000);
    for (var job : List.of(all.getFirst(), all.getLast())) {
      assertThat(store().find(job.id())).contains(job);
      assertThat(store().milestones(job, 0)).hasSize(1);
    }
  }

  @Test
  default void insert_manyOneUnderTheKeyOfAnotherRequest_addsNone() {
    var earlier = jobs().waiting(named(spec("noop", 7L), "key"));
    var all =
        List.of(
            jobs().unstored(spec("noop", 7L)),
            jobs().unstored(named(spec("other", 7L), "key")),
            jobs().unstored(spec("noop", 7L)));

    assertThat(store().insert(all, List.of()))
        .containsExactly(all.getFirst(), earlier, all.getLast());
    assertThat(store().list(Filter.ALL, new PageRequest(1, 10)).total()).isEqualTo(1);
  }

  @Test
  default void insert_manySomeRepeated_addsTheOthersAndNamesTheEarlier() {
    var earlier = jobs().waiting(named(spec("noop", 7L), "key"));
    var fresh = jobs().unstored(named(spec("noop", 7L), "twice"));
    var all =
        List.of(
            jobs().unstored(named(spec("noop", 7L), "key")),
            fresh,
            jobs().unstored(named(spec("noop", 7L), "twice")));

    assertThat(store().insert(all, List.of())).containsExactly(earlier, fresh, fresh);
    assertThat(store().list(Filter.ALL, new PageRequest(1, 10)).total()).isEqualTo(2);
  }

  @Test
  default void update_expectedVersion_isWritten() {
    var job = jobs().waiting(spec("noop", null));
    var next = jobs().decided(job, new Command.Claim("w", "token", SampleJobs.LEASE));

    assertThat(store().update(next, job.version(), List.of())).isTrue();
    assertThat(store().find(job.id())).contains(next);
  }

  @Test
  default void update_otherVersion_isRefused() {
    var job = jobs().waiting(spec("noop", null));
    var claimed = jobs().claimed(job, "first");
    var late = jobs().decided(job, new Command.Claim("second", "token", SampleJobs.LEASE));

    assertThat(store().update(late, job.version(), List.of())).isFalse();
    assertThat(store().find(job.id())).contains(claimed);
  }

  @Test
  default void update_unknownJob_isRefused() {
    var job = jobs().unstored(spec("noop", null));

    assertThat(store().update(job, job.version(), List.of())).isFalse();
    assertThat(store().find(job.id())).isEmpty();
  }

  @Test
  default void update_fromManyThreads_oneWins() {
    var job = jobs().waiting(spec("noop", null));
    var rivals =
        IntStream.range(0, 16)
            .mapToObj(
                i -> jobs().decided(job, new Command.Claim("w" + i, "t" + i, SampleJobs.LEASE)))
            .toList();
    var written = AtOnce.all(rivals, next -> store().update(next, job.version(), List.of()));

    assertThat(written).filteredOn(won -> won).hasSize(1);
    assertThat(store().find(job.id())).contains(rivals.get(written.indexOf(true)));
  }

  @Test
  default void checkpoint_sameVersion_writesProgressLeaseAndTimes() {
    var job = jobs().running(spec("noop", null), "worker");
    jobs().clock().advance(Duration.ofSeconds(3));
    var report = jobs().reported(job, 33.3, "a third");
    store().storeProgress(List.of(report));

    assertThat(store().find(job.id())).contains(report);
  }

  @Test
  default void checkpoint_stalledWorkerReports_isStalledNoMore() {
    var job = jobs().running(spec("noop", null), "worker");
    jobs().clock().advance(SampleJobs.LEASE);
    var stalled = jobs().moved(job, new Command.Stall());
    var report = jobs().reported(stalled, 1, "back");
    store().storeProgress(List.of(report));

    assertThat(store().find(job.id()).orElseThrow().times().stalledSince()).isNull();
  }

  @Test
  default void checkpoint_otherVersionOrUnknown_isSkippedAndTheRestWritten() {
    var moved = jobs().running(spec("noop", null), "worker");
    var late = jobs().reported(moved, 50, "late");
    var ended = jobs().completed(moved);
    var unknown = jobs().unstored(spec("noop", null));
    var other = jobs().running(spec("noop", null), "worker");
    var report = jobs().reported(other, 60, "in time");
    store().storeProgress(List.of(late, unknown, report));

    assertThat(store().find(moved.id())).contains(ended);
    assertThat(store().find(unknown.id())).isEmpty();
    assertThat(store().find(other.id())).contains(report);
  }

  @Test
  default void keep_ofARunningJob_isFoundUntilANewerOneComes() {
    var job = jobs().running(spec("noop", null), "worker");
    var first = Checkpoint.of(jobs().reported(job, 20, "a fifth"), new Json("{\"page\":1}"));
    store().keep(List.of(first));
    assertThat(store().kept(job.id())).contains(first);

    jobs().clock().advance(Duration.ofSeconds(1));
    var second = Checkpoint.of(jobs().reported(job, 40, "more"), new Json("{\"page\":2}"));
    store().keep(List.of(second));
    store().keep(List.of(first));

    assertThat(store().kept(job.id())).contains(second);
  }

  @Test
  default void keep_ofAnEndedOrUnknownJob_isSkippedAndTheRestKept() {
    var running = jobs().running(spec("noop", null), "worker");
    var ended = jobs().running(spec("noop", null), "worker");
    var late = Checkpoint.of(ended, new Json("1"));
    var unknown = Checkpoint.of(jobs().unstored(spec("noop", null)), new Json("2"));
    var fine = Checkpoint.of(running, new Json("\"" + "x".repeat(60_000) + "\""));
    jobs().completed(ended);
    store().keep(List.of(late, unknown, fine));

    assertThat(store().kept(ended.id())).isEmpty();
    assertThat(store().kept(unknown.job())).isEmpty();
    assertThat(store().kept(running.id())).contains(fine);
  }

  @Test
  default void checkpoint_nothing_changesNothing() {
    var job = jobs().running(spec("noop", null), "worker");
    store().storeProgress(List.of());

    assertThat(store().find(job.id())).contains(job);
  }

  @Test
  default void delete_endedJob_isGoneOnce() {
    var job = jobs().completed(spec("noop", null));

    assertThat(store().delete(job.id())).isTrue();
    assertThat(store().find(job.id())).isEmpty();
    assertThat(store().delete(job.id())).isFalse();
  }

  @Test
  default void delete_jobThatHasNotEnded_isRefused() {
    var waiting = jobs().waiting(spec("noop", null));
    var running = jobs().running(spec("noop", null), "worker");

    assertThat(store().delete(waiting.id())).isFalse();
    assertThat(store().delete(running.id())).isFalse();
    assertThat(store().find(waiting.id())).isPresent();
    assertThat(store().find(running.id())).isPresent();
  }
}
