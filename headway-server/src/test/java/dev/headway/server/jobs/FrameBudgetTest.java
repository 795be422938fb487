package dev.headway.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.engine.FeedEvent;
import dev.headway.core.engine.FeedState;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lifecycle;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Plan.Step;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.EventBody;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.core.topic.TopicState;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.stream.FrameBudget;
import dev.headway.server.stream.JobDialect;
import dev.headway.testkit.Ids;
import dev.headway.testkit.ManualClock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The longest texts that a job can have, in scripts of one to four bytes a character, in frames of
 * every kind.
 */
final class FrameBudgetTest {
  private static final String FENCE = "fence";

  private final ManualClock clock = ManualClock.atNoon();
  private final Hub hub = new Hub(clock, Ids.seeded(clock), Hub.Limits.DEFAULT);

  private Job job(String letter, JobSpec spec) {
    var steps = Collections.nCopies(100, letter.repeat(100 / letter.length()));
    var created = Job.create(Ids.seeded(clock).uuid(), spec, Step.equal(steps), clock.instant());
    var queued = after(created, new Command.MarkQueued());
    var running = after(queued, new Command.Claim("worker-1", FENCE, Duration.ofSeconds(30)));
    var metadata = JsonCodec.json(Map.of("k", letter.repeat(2_000 / letter.length())));
    var step = letter.repeat(200 / letter.length());
    return after(
        running,
        new Command.Report(
            FENCE, new ProgressReport(1.0, 1L, 2L, step, text(letter), metadata), null));
  }

  private Job after(Job job, Command command) {
    return ((Decision.Accepted) Lifecycle.decide(job, command, clock.instant())).next();
  }

  private static String text(String letter) {
    return letter.repeat(20_000 / letter.length());
  }

  private static JobError error(String letter) {
    return new JobError(ErrorCode.EXECUTION_ERROR, text(letter), text(letter));
  }

  private Stream<Frame> event(Dialect dialect, TopicName topic, Job job, EventBody body) {
    return Stream.ofNullable(hub.publish(topic, job, body).frame(dialect));
  }

  private Stream<Frame> state(Dialect dialect, TopicName topic, TopicState state) {
    hub.publish(topic, state, new JobEvent.Queued((Job) hub.live(topic).orElseThrow().state()));
    var cursor = hub.live(topic).orElseThrow().snapshot().cursor();
    return dialect.state(new Snapshot(topic, cursor, state)).stream();
  }

  private static void fits(Frame frame) {
    assertThat(frame.bytes()).hasSizeLessThanOrEqualTo(FrameBudget.FRAME);
    assertThat(JsonCodec.parse(frame.bytes()).isObject()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "進", "🏭", "\"", "\n"})
  void frame_longestTextsOfAnyScript_fitsTheBudget(String letter) {
    var spec = JobSpec.of("bake", Json.EMPTY_OBJECT, 7L).withMaxAttempts(2);
    var running = job(letter, spec);
    var again = after(running, new Command.Fail(FENCE, error(letter), true));
    var failed = after(running, new Command.Fail(FENCE, error(letter), false));
    var result = new Json("\"" + "x".repeat(FrameBudget.RESULT - 2) + "\"");
    var completed = after(running, new Command.Complete(FENCE, result));
    var events =
        List.of(
            new JobEvent.StepsDeclared(running),
            new JobEvent.Progressed(running),
            new JobEvent.AttemptFailed(again, 1, error(letter)),
            new JobEvent.Failed(failed),
            new JobEvent.Completed(completed));
    var topic = TopicName.ofJob(running.id());
    var feed = TopicName.ofUser("7");

    for (var event : events) {
      assertThat(event(new JobDialect(topic, true, Map.of()), topic, running, event))
          .isNotEmpty()
          .allSatisfy(FrameBudgetTest::fits);
      assertThat(event(new ProgressDialect(true), topic, running, event))
          .isNotEmpty()
          .allSatisfy(FrameBudgetTest::fits);
      assertThat(event(new JobDialect(feed, true, Map.of()), topic, running, new FeedEvent(event)))
          .isNotEmpty()
          .allSatisfy(FrameBudgetTest::fits);
      assertThat(state(new JobDialect(topic, true, Map.of()), topic, event.job()))
          .isNotEmpty()
          .allSatisfy(FrameBudgetTest::fits);
      assertThat(state(new ProgressDialect(true), topic, event.job()))
          .isNotEmpty()
          .allSatisfy(FrameBudgetTest::fits);
    }
    var jobs = Collections.nCopies(FeedState.SIZE, failed);
    assertThat(new JobDialect(feed, true, Map.of()).state(feedSnapshot(feed, jobs)))
        .hasSizeGreaterThan(1)
        .allSatisfy(FrameBudgetTest::fits);
  }

  private Snapshot feedSnapshot(TopicName feed, List<Job> jobs) {
    hub.publish(feed, new FeedState(jobs), new JobEvent.Queued(jobs.getFirst()));
    return hub.live(feed).orElseThrow().snapshot();
  }
}
