package dev.headway.testkit.contract;

import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Command;
import dev.headway.core.job.Eta;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Milestone;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.port.JobStore.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Milestones: stored with the transition that they belong to, and read as they were. */
interface JobEventContract extends JobStoreFixture {
  /* What an event shows of its job; the rest of a job is nobody's concern afterwards. */
  private static List<Object> shown(Milestone milestone) {
    var event = milestone.event();
    var job = event.job();
    var shown = new ArrayList<Object>();
    shown.add(milestone.at());
    shown.add(event.type());
    shown.add(String.valueOf(event.attemptError()));
    shown.addAll(List.of(job.id(), job.spec(), job.status(), job.attempt(), job.steps()));
    shown.add(job.progress());
    shown.add(String.valueOf(job.outcome()));
    shown.addAll(List.of(job.cancelRequested(), job.position(), job.times().updated()));
    shown.add(String.valueOf(job.times().started()));
    shown.add(String.valueOf(job.times().stalledSince()));
    shown.add(String.valueOf(job.times().completed()));
    return shown;
  }

  /**
   * Moves a job through commands, a second apart, and returns all its milestones as they happened.
   */
  private List<Milestone> lived(JobSpec spec, Command... commands) {
    var job = jobs().waiting(spec);
    var lived = new ArrayList<>(store().milestones(job, 0));
    for (var command : commands) {
      jobs().clock().advance(Duration.ofSeconds(20));
      var accepted = jobs().accepted(job, command);
      var milestones = jobs().milestones(accepted);
      if (accepted.milestone(job)) {
        assertThat(store().update(accepted.next(), job.version(), milestones)).isTrue();
        lived.addAll(milestones);
      } else {
        store().storeProgress(List.of(accepted.next()));
      }
      job = accepted.next();
    }
    assertThat(store().find(job.id())).contains(job);
    return lived;
  }

  private void assertRead(List<Milestone> lived) {
    var job = store().find(lived.getFirst().event().job().id()).orElseThrow();
    var read = store().milestones(job, 0);

    assertThat(read)
        .extracting(JobEventContract::shown)
        .isEqualTo(lived.stream().map(JobEventContract::shown).toList());
    assertThat(read).extracting(Milestone::number).isSorted().doesNotHaveDuplicates();
    assertThat(read.getLast().number())
        .isEqualTo(job.position().milestone())
        .isEqualTo(read.size());
    assertThat(store().milestones(job, 2)).hasSize(read.size() - 2);
    assertThat(store().milestones(job, read.size())).isEmpty();
  }

  private static Command claim(String token) {
    return new Command.Claim("worker", token, SampleJobs.LEASE);
  }

  private static Command.Report report(String token, double percent) {
    var report = new ProgressReport(percent, 3L, 7L, "solve", "Läuft 🏭", new Json("{\"a\":[1]}"));
    return new Command.Report(token, report, new Eta(1.5, 0.5, 1e6));
  }

  @Test
  default void milestones_everyKind_areReadAsTheyHappened() {
    var error = new JobError(ErrorCode.EXECUTION_ERROR, "It broke", "at line 3");
    var spec = spec("noop", 7L).with(draft -> draft.attempts(Attempts.of(3)));
    assertRead(
        lived(
            spec,
            claim("a"),
            report("a", 40),
            new Command.Stall(),
            report("a", 50),
            new Command.Fail("a", error, true),
            claim("b"),
            report("b", 10),
            new Command.RequestCancel(true),
            report("b", 90),
            new Command.Complete("b", new Json("{\"ok\":true}"))));
    assertRead(lived(spec, claim("a"), new Command.Fail("a", error, false)));
    assertRead(
        lived(
            spec,
            claim("a"),
            new Command.RequestCancel(true),
            new Command.AcknowledgeCancel("a", new Json("[1]"))));
    assertRead(lived(spec, new Command.RequestCancel(false)));
  }

  @Test
  default void milestones_ofAnotherJob_areNotRead() {
    var job = jobs().completed(spec("noop", null));
    var other = jobs().waiting(spec("noop", null));

    assertThat(store().milestones(other, 0)).hasSize(1);
    assertThat(store().milestones(job, 0)).hasSize(3);
  }

  @Test
  default void update_thatIsRefused_storesNoMilestone() {
    var job = jobs().waiting(spec("noop", null));
    var claimed = jobs().claimed(job, "first");
    var late = jobs().accepted(job, claim("second"));

    assertThat(store().update(late.next(), job.version(), jobs().milestones(late))).isFalse();
    assertThat(store().milestones(claimed, 1)).hasSize(1);
  }

  @Test
  default void update_thatKnowsFewerReports_isRefused() {
    var job = jobs().running(spec("noop", null), "worker");
    var reported = jobs().reported(job, 10, "elsewhere");
    store().storeProgress(List.of(reported));
    var cancelled = jobs().accepted(job, new Command.RequestCancel(false));

    assertThat(store().update(cancelled.next(), job.version(), jobs().milestones(cancelled)))
        .isFalse();
    assertThat(store().find(job.id())).contains(reported);
  }

  @Test
  default void update_thatKnowsFewerLines_isRefused() {
    var job = jobs().running(spec("noop", null), "worker");
    store().appendLog(job.id(), LogLine.all(job.times().updated(), "log", List.of("elsewhere")));
    var cancelled = jobs().accepted(job, new Command.RequestCancel(false));

    assertThat(store().update(cancelled.next(), job.version(), jobs().milestones(cancelled)))
        .isFalse();
    var known = store().find(job.id()).orElseThrow();
    var again = jobs().accepted(known, new Command.RequestCancel(false));
    assertThat(store().update(again.next(), job.version(), jobs().milestones(again))).isTrue();
    assertThat(store().milestones(again.next(), 2).getFirst().event().job().position().line())
        .isEqualTo(1);
  }

  @Test
  default void checkpoint_ofANodeThatIsBehind_overwritesNothing() {
    var job = jobs().running(spec("noop", null), "worker");
    var one = jobs().reported(job, 10, "one");
    var two = jobs().reported(one, 20, "two");
    store().storeProgress(List.of(two));

    store().storeProgress(List.of(one));
    assertThat(store().find(job.id())).contains(two);

    store().storeProgress(List.of(jobs().reported(one, 15, "counted twice")));
    assertThat(store().find(job.id())).contains(two);
  }

  @Test
  default void delete_job_takesItsMilestonesAlong() {
    var deleted = jobs().completed(spec("noop", null));
    var purged = jobs().completed(spec("noop", null));
    store().delete(deleted.id());
    assertThat(store().milestones(deleted, 0)).isEmpty();

    store().purge(jobs().clock().instant().plusSeconds(1));
    assertThat(store().milestones(purged, 0)).isEmpty();
  }

  @Test
  default void marks_ofJobs_areThoseOfTheStoredOnes() {
    var waiting = jobs().waiting(spec("noop", null));
    var running = jobs().running(spec("noop", null), "worker");
    store().appendLog(running.id(), List.of(LogLine.of(jobs().clock().instant(), "log", "a line")));
    var unstored = jobs().unstored(spec("noop", null));
    var ids = List.of(running.id(), unstored.id(), waiting.id());

    assertThat(store().marks(ids))
        .containsExactlyInAnyOrder(
            Mark.of(waiting), Mark.of(running.at(running.position().withLine(1))));
    assertThat(store().marks(List.of())).isEmpty();
    assertThat(store().marks(Collections.nCopies(2_500, waiting.id()))).contains(Mark.of(waiting));
  }

  @Test
  default void life_proposedTwice_isTheFirst() {
    assertThat(store().life("first")).isEqualTo(store().life("second"));
  }
}
