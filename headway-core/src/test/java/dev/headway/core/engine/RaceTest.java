package dev.headway.core.engine;

import static dev.headway.core.engine.EngineFixture.fence;
import static dev.headway.core.engine.EngineFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.Together;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Decision.Refusal;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Two commands at the same moment: exactly one outcome, and the events that belong to it. */
class RaceTest {
  private static final int ROUNDS = 3_000;

  private final EngineFixture engine = new EngineFixture();

  @Test
  void requestCancel_racingWithComplete_isTooLateEitherWay() {
    race(
        new Command.RequestCancel(false),
        Work.COMPLETE,
        Map.of(
            List.of("queued", "started", "completed"),
            JobStatus.COMPLETED,
            List.of("queued", "started", "cancel_requested", "cancel_too_late", "completed"),
            JobStatus.COMPLETED));
  }

  @Test
  void giveUpOnCancel_racingWithComplete_letsTheFirstWin() {
    raceAfterRequest(
        new Command.GiveUpOnCancel(Duration.ZERO),
        Work.COMPLETE,
        Map.of(
            List.of("queued", "started", "cancel_requested", "cancel_too_late", "completed"),
            JobStatus.COMPLETED,
            List.of("queued", "started", "cancel_requested", "cancelled"),
            JobStatus.CANCELLED));
  }

  @Test
  void loseLease_racingWithComplete_letsTheFirstWin() {
    race(
        new Command.LoseLease(true),
        Work.COMPLETE,
        Map.of(
            List.of("queued", "started", "completed"),
            JobStatus.COMPLETED,
            List.of("queued", "started", "failed"),
            JobStatus.FAILED));
  }

  @Test
  void loseLease_racingWithReport_neverLetsProgressFollowTheEnd() {
    race(
        new Command.LoseLease(true),
        Work.REPORT,
        Map.of(
            List.of("queued", "started", "progress", "failed"),
            JobStatus.FAILED,
            List.of("queued", "started", "failed"),
            JobStatus.FAILED));
  }

  @Test
  void read_whileTheJobEnds_stateAndCursorBelongTogether() {
    try (var threads = new Together(2)) {
      for (var round = 0; round < ROUNDS; round++) {
        var job = engine.running();
        var read = new JobSnapshot[1];
        threads.run(
            List.<Callable<Boolean>>of(
                () -> accepted(job, new Command.Complete(fence(job), Json.EMPTY_OBJECT)),
                () -> {
                  read[0] = engine.jobs.read(job.id()).orElseThrow();
                  return true;
                }));

        var after = engine.jobs.topic(job.id()).since(read[0].cursor(), false, 10);

        assertThat(after).isInstanceOf(Topic.Since.Events.class);
        var missed = ((Topic.Since.Events) after).events();
        assertThat(missed.isEmpty()).as("%s %s", read[0], missed).isEqualTo(read[0].job().ended());
      }
    }
  }

  /** The deeds of the worker in the race. */
  private enum Work {
    COMPLETE,
    REPORT;

    Command command(Job job) {
      return switch (this) {
        case COMPLETE -> new Command.Complete(fence(job), Json.EMPTY_OBJECT);
        case REPORT -> new Command.Report(fence(job), ProgressReport.of(50, "Half"), null);
      };
    }
  }

  private void race(Command other, Work worker, Map<List<String>, JobStatus> allowed) {
    try (var threads = new Together(2)) {
      for (var round = 0; round < ROUNDS; round++) {
        race(threads, engine.running(), List.of(other), worker, allowed);
      }
    }
  }

  private void raceAfterRequest(Command other, Work worker, Map<List<String>, JobStatus> allowed) {
    try (var threads = new Together(2)) {
      for (var round = 0; round < ROUNDS; round++) {
        var job = engine.running();
        engine.jobs.apply(job.id(), new Command.RequestCancel(false));
        race(threads, job, List.of(other), worker, allowed);
      }
    }
  }

  private void race(
      Together threads,
      Job job,
      List<Command> others,
      Work worker,
      Map<List<String>, JobStatus> allowed) {
    var id = job.id();
    Callable<Decision> one = () -> engine.jobs.decide(id, others.getFirst());
    Callable<Decision> two = () -> engine.jobs.decide(id, worker.command(job));
    var decisions = threads.run(List.of(one, two));

    var types = engine.types(id);
    assertThat(allowed).containsKey(types);
    assertThat(engine.now(id).status()).isEqualTo(allowed.get(types));
    assertThat(engine.store.find(id).map(Job::status)).contains(allowed.get(types));
    assertThat(engine.events(id).stream().filter(event -> event.body().ended())).hasSize(1);
    assertThat(decisions)
        .allMatch(decision ->
            decision instanceof Decision.Accepted
                || decision.equals(new Decision.Refused(Refusal.ENDED)));
  }

  @Test
  void anything_fromManyThreads_endsOnceAndKeepsEveryPromise() {
    try (var threads = new Together(4)) {
      for (var round = 0; round < 300; round++) {
        var job = engine.running(spec().withMaxAttempts(2));
        threads.run(
            List.<Callable<Boolean>>of(
                () -> reports(job),
                () -> reports(job),
                () -> accepted(job, new Command.RequestCancel(true)),
                () -> accepted(job, new Command.LoseLease(true))));
        accepted(job, new Command.RequestCancel(false));
        accepted(job, new Command.LoseLease(true));
        check(engine.events(job.id()));
      }
    }
  }

  private boolean reports(Job job) {
    for (var percent = 1; percent <= 20; percent++) {
      accepted(job, new Command.Report(fence(job), ProgressReport.of(percent * 5, "On"), null));
    }
    return true;
  }

  private boolean accepted(Job job, Command command) {
    return engine.jobs.decide(job.id(), command) instanceof Decision.Accepted;
  }

  private static void check(List<Event> events) {
    assertThat(events.getLast().body().ended()).isTrue();
    assertThat(events.stream().filter(event -> event.body().ended())).hasSize(1);
    var attempt = 1;
    var percent = 0.0;
    var offset = 0L;
    for (var event : events) {
      var job = ((JobEvent) event.body()).job();
      var reached = job.progress().percent();
      assertThat(event.offset()).isEqualTo(++offset);
      assertThat(job.attempt()).isGreaterThanOrEqualTo(attempt);
      if (job.attempt() == attempt) {
        assertThat(reached).isGreaterThanOrEqualTo(percent);
      }
      attempt = job.attempt();
      percent = reached == null ? 0 : reached;
    }
  }
}
