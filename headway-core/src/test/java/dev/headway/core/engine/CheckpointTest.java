package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Checkpoint;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.job.RetryPause;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Attempts that go on from what the one before has left. */
final class CheckpointTest {
  private final EngineFixture engine = new EngineFixture();
  private final Jobs jobs = engine.jobs;

  private static JobSpec tries() {
    return EngineFixture.spec()
        .with(draft -> draft.attempts(new Attempts(3, 3, RetryPause.DEFAULT)));
  }

  private void report(Job job, double percent, String state) {
    var report = ProgressReport.of(percent, "at " + percent);
    jobs.report(job.id(), EngineFixture.fence(job), report, new Json(state));
  }

  private Job claimed() {
    engine.clock.advance(Duration.ofMinutes(5));
    return jobs.claim(EngineFixture.waiting(), "worker-2", EngineFixture.LEASE).orElseThrow();
  }

  private void fail(Job job) {
    var error = new JobError(ErrorCode.EXECUTION_ERROR, "no disk", null);
    jobs.apply(job.id(), new Command.Fail(EngineFixture.fence(job), error, true));
  }

  private String state(Jobs node, UUID id) {
    return node.checkpoint(id).map(kept -> kept.state().text()).orElse("nothing");
  }

  @Test
  void nextAttempt_afterAFailure_startsWhereTheCheckpointSays() {
    var job = engine.running(tries());
    report(job, 40, "{\"page\":4}");
    engine.report(job, 55); // beyond the checkpoint, so it is done again
    fail(job);
    assertThat(engine.now(job.id()).progress().percent()).isZero();

    var next = claimed();

    assertThat(next.attempt()).isEqualTo(2);
    assertThat(next.progress().percent()).isEqualTo(40);
    assertThat(state(jobs, job.id())).isEqualTo("{\"page\":4}");
    engine.report(next, 45);
    assertThat(engine.now(job.id()).progress().percent()).isEqualTo(45);
  }

  @Test
  void nextAttempt_afterALostLease_hasTheLastCheckpointOfSeveral() {
    var job = engine.running(tries());
    for (var page = 1; page <= 5; page++) {
      report(job, page * 10, String.valueOf(page));
      jobs.storeCheckpoints();
    }
    assertThat(engine.store.kept).as("written within a second").hasValue(1);
    jobs.apply(job.id(), new Command.LoseLease(true));

    assertThat(state(engine.restarted(), job.id())).isEqualTo("5");
    assertThat(claimed().progress().percent()).isEqualTo(50);
  }

  @Test
  void checkpoints_everySecond_areStoredEverySecond() {
    var job = engine.running(tries());
    for (var page = 1; page <= 5; page++) {
      report(job, page * 10, String.valueOf(page));
      engine.clock.advance(Duration.ofMillis(500));
      jobs.storeCheckpoints();
    }
    assertThat(engine.store.kept).hasValue(3);
    assertThat(state(jobs, job.id())).isEqualTo("5");
    jobs.storeAll();
    assertThat(state(engine.restarted(), job.id())).isEqualTo("5");
  }

  @Test
  void attempt_withoutACheckpoint_startsAtTheBeginning() {
    var job = engine.running(tries());
    engine.report(job, 40);
    fail(job);

    assertThat(claimed().progress().percent()).isZero();
    assertThat(state(jobs, job.id())).isEqualTo("nothing");
  }

  @Test
  void report_ofAnEarlierAttempt_leavesNoCheckpoint() {
    var job = engine.running(tries());
    report(job, 40, "1");
    fail(job);
    var next = claimed();

    assertThatThrownBy(() -> report(job, 90, "9")).isInstanceOf(HeadwayException.class);

    assertThat(state(jobs, next.id())).isEqualTo("1");
  }

  @Test
  void checkpoint_thatIsTooLarge_isRefusedWithItsReport() {
    var job = engine.running(tries());
    var most = "\"" + "x".repeat(Checkpoint.MAX_BYTES - 2) + "\"";
    report(job, 10, most);
    var wide = "\"" + "é".repeat(Checkpoint.MAX_BYTES / 2) + "\"";

    assertThatThrownBy(() -> report(job, 20, wide))
        .hasMessageContaining("checkpoint has 65538 bytes; at most 65536");

    assertThat(engine.now(job.id()).progress().percent()).isEqualTo(10);
    assertThat(state(jobs, job.id())).isEqualTo(most);
  }

  @Test
  void checkpoint_ofAJobThatEnds_isNotWritten() {
    var job = engine.running(tries());
    report(job, 40, "1");
    engine.complete(job);
    jobs.storeAll();

    assertThat(engine.store.kept).hasValue(0);
  }
}
