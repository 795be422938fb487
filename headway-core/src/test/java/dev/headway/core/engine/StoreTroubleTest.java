package dev.headway.core.engine;

import static dev.headway.core.engine.Workshop.fence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Decision.Refusal;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSamples;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that fails: nothing is published that is not stored, and no end is lost. */
class StoreTroubleTest {
  private final Workshop workshop = new Workshop();
  private final Jobs jobs = workshop.jobs;

  @Test
  void apply_storeDown_changesAndPublishesNothing() {
    var job = workshop.running();
    workshop.store.down = true;

    assertThatThrownBy(() -> workshop.complete(job)).isInstanceOf(IllegalStateException.class);

    workshop.store.down = false;
    assertThat(workshop.types(job.id())).containsExactly("queued", "started");
    workshop.complete(job);
    assertThat(workshop.types(job.id())).containsExactly("queued", "started", "completed");
  }

  @Test
  void apply_endStoredButItsAnswerLost_isPublishedWhenTheWorkerTriesAgain() {
    var job = workshop.running();
    workshop.store.losesNextAnswer = true;
    assertThatThrownBy(() -> workshop.complete(job)).isInstanceOf(IllegalStateException.class);
    assertThat(workshop.types(job.id())).containsExactly("queued", "started");

    var again = jobs.decide(job.id(), new Command.Complete(fence(job), Json.EMPTY_OBJECT));

    assertThat(again).isEqualTo(new Decision.Refused(Refusal.ENDED));
    assertThat(workshop.types(job.id())).containsExactly("queued", "started", "completed");
  }

  @Test
  void apply_movedByAnotherNode_isSeenHereWithTheNextCommand() {
    var job = workshop.running();
    var told = new ArrayList<String>();
    jobs.listen(event -> told.add(event.type()));
    var elsewhere = workshop.restarted();
    elsewhere.apply(job.id(), new Command.RequestCancel(true));

    workshop.complete(job);

    assertThat(told).containsExactly("progress", "cancel_too_late", "completed");
    assertThat(workshop.now(job.id()).cancel()).isNotNull();
    assertThat(workshop.store.find(job.id())).contains(workshop.now(job.id()));
  }

  @Test
  void catchUp_endedElsewhere_publishesTheEndOnce() {
    var job = workshop.running();
    workshop
        .restarted()
        .apply(job.id(), new Command.Complete(fence(job), new Json("[\"elsewhere\"]")));

    assertThat(jobs.catchUp(job.id())).isTrue();
    assertThat(jobs.catchUp(job.id())).as("there is nothing more").isFalse();

    assertThat(workshop.types(job.id())).containsExactly("queued", "started", "completed");
    assertThat(workshop.store.find(job.id())).contains(workshop.now(job.id()));
  }

  @Test
  void catchUp_nothingHappenedElsewhere_publishesNothing() {
    var job = workshop.running();
    workshop.clock.advanceSeconds(1);
    workshop.report(job, 40); // not stored yet, and newer than what is

    assertThat(jobs.catchUp(job.id())).isFalse();

    assertThat(workshop.types(job.id())).containsExactly("queued", "started", "progress");
  }

  @Test
  void catchUp_deletedElsewhere_letsGoOfTheTopic() {
    var job = workshop.running();
    var elsewhere = workshop.restarted();
    elsewhere.apply(job.id(), new Command.Complete(fence(job), Json.EMPTY_OBJECT));
    elsewhere.delete(job.id());

    assertThat(jobs.catchUp(job.id())).isTrue();

    assertThat(jobs.find(job.id())).isEmpty();
  }

  @Test
  void report_storeDown_stillArrives() {
    var job = workshop.running();
    workshop.store.down = true;

    workshop.report(job, 70);

    assertThat(workshop.types(job.id())).containsExactly("queued", "started", "progress");
    assertThat(workshop.now(job.id()).progress().percent()).isEqualTo(70.0);
  }

  @Test
  void flush_storeDown_keepsWhatCouldNotBeWritten() {
    var job = workshop.running();
    workshop.report(job, 70);
    workshop.store.down = true;
    assertThatThrownBy(() -> jobs.checkpoints().flush()).isInstanceOf(IllegalStateException.class);
    assertThat(jobs.checkpoints().pending()).isEqualTo(1);

    workshop.store.down = false;
    jobs.checkpoints().flush();

    assertThat(workshop.store.find(job.id()).orElseThrow().progress().percent()).isEqualTo(70.0);
    assertThat(jobs.checkpoints().pending()).isZero();
  }

  @Test
  void tick_oneJobThatFails_doesNotKeepTheOthersFromBeingLookedAt() {
    var lost = workshop.running();
    workshop.store.ghosts = List.of(JobSamples.running(1));
    workshop.clock.advanceSeconds(10);
    var watchdog = new Watchdog(jobs, workshop.store, workshop.clock, Duration.ofSeconds(30));

    assertThat(watchdog.tick()).isEqualTo(1);
    assertThat(workshop.now(lost.id()).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void find_afterARestart_isTheJobAsItWasLastStored() {
    var job = workshop.running();
    workshop.report(job, 70);
    jobs.checkpoints().flush();
    workshop.report(job, 71);

    var restarted = workshop.restarted();

    assertThat(restarted.find(job.id()).map(Job::progress))
        .hasValueSatisfying(progress -> assertThat(progress.percent()).isEqualTo(70.0));
  }
}
