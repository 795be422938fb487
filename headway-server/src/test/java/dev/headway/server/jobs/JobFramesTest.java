package dev.headway.server.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.engine.FeedEvent;
import dev.headway.core.engine.FeedState;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Eta;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lifecycle;
import dev.headway.core.job.LogLine;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Plan.Step;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.EventBody;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.core.topic.TopicState;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.stream.JobDialect;
import dev.headway.server.stream.JobJson;
import dev.headway.testkit.Ids;
import dev.headway.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.IntNode;

/** Every frame of a job against its recorded text: a change here is a change of a contract. */
final class JobFramesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00.123456Z");
  private static final UUID ID = UUID.fromString("01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e");
  private static final String FENCE = "fence";
  private static final JobError ERROR =
      new JobError(ErrorCode.EXECUTION_ERROR, "It broke", "line 1\nline 2");

  private final ManualClock clock = new ManualClock(NOW);
  private final Hub hub = new Hub(clock, Ids.seeded(clock), Hub.Limits.DEFAULT);
  private final Job queued = after(created(), new Command.MarkQueued());
  private final Job started =
      after(queued, new Command.Claim("worker-1", FENCE, Duration.ofSeconds(30)));
  private final Job progressed = after(started, report());
  private final Job stalled = after(progressed, new Command.Stall(), NOW.plusSeconds(20));
  private final Job cancelling = after(progressed, new Command.RequestCancel(true));
  private final Job again = after(progressed, new Command.Fail(FENCE, ERROR, true));
  private final Job completed =
      after(progressed, new Command.Complete(FENCE, new Json("{\"loaves\":[1,2.50]}")));
  private final Job failed = after(progressed, new Command.Fail(FENCE, ERROR, false));
  private final Job cancelled =
      after(cancelling, new Command.AcknowledgeCancel(FENCE, new Json("[1]")));
  private final Job large =
      after(progressed, new Command.Complete(FENCE, new Json("\"" + "x".repeat(7_000) + "\"")));

  private static Job created() {
    var spec =
        JobSpec.of("bake", new Json("{\"bread\":1}"), 7L)
            .with(draft ->
                draft
                    .attempts(Attempts.of(2))
                    .priority(5)
                    .retryOf(new UUID(1, 2))
                    .family(new JobSpec.Family(new UUID(3, 4), 2)));
    return Job.create(ID, spec, List.of(new Step("knead", 1), new Step("bake", 2.5)), NOW);
  }

  private static Command report() {
    var report =
        new ProgressReport(
            40.5, 16L, 40L, "bake", "Loaf 16 of 40 é", new Json("{\"oven\":2,\"stage\":\"mine\"}"));
    return new Command.Report(FENCE, report, new Eta(12.34, 10, 20.06));
  }

  private static Job after(Job job, Command command) {
    return after(job, command, NOW);
  }

  private static Job after(Job job, Command command, Instant at) {
    return ((Decision.Accepted) Lifecycle.decide(job, command, at)).next();
  }

  private List<JobEvent> events() {
    return List.of(
        new JobEvent.Queued(queued),
        new JobEvent.Started(started),
        new JobEvent.Progressed(progressed),
        new JobEvent.Logged(progressed, new LogLine(3, NOW, "stdout", "rising")),
        new JobEvent.Stalled(stalled),
        new JobEvent.AttemptFailed(again, 1, ERROR),
        new JobEvent.CancelRequested(cancelling),
        new JobEvent.CancelTooLate(cancelling),
        new JobEvent.Completed(completed),
        new JobEvent.Completed(large),
        new JobEvent.Failed(failed),
        new JobEvent.Cancelled(cancelled),
        new JobEvent.StepsDeclared(started));
  }

  private List<String> frames(Dialect dialect, TopicName topic, List<? extends EventBody> bodies) {
    var texts = new ArrayList<String>();
    for (var body : bodies) {
      var event = published(topic, body);
      var frame = dialect.event(event);
      texts.add(frame == null ? "null" : frame.asText());
    }
    return texts;
  }

  private Event published(TopicName topic, EventBody body) {
    return hub.publish(topic, queued, body);
  }

  private List<String> states(Dialect dialect, TopicName topic, TopicState... states) {
    var texts = new ArrayList<String>();
    for (var state : states) {
      hub.publish(topic, state, new JobEvent.Queued(queued));
      var cursor = hub.live(topic).orElseThrow().snapshot().cursor();
      dialect.state(new Snapshot(topic, cursor, state)).stream()
          .map(Frame::asText)
          .forEach(texts::add);
    }
    return texts;
  }

  private Job[] jobs() {
    return new Job[] {
      created(),
      queued,
      started,
      progressed,
      stalled,
      cancelling,
      again,
      completed,
      failed,
      cancelled,
      large
    };
  }

  private static List<String> golden(String name) throws IOException {
    var path = "/frames/" + name + ".jsonl";
    try (var in = Objects.requireNonNull(JobFramesTest.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), UTF_8).lines().map(JobFramesTest::sorted).toList();
    }
  }

  @Test
  void native_everyEvent_isAsRecorded() throws IOException {
    var topic = TopicName.ofJob(ID);
    var shown = frames(new JobDialect(topic, true, Map.of()), topic, events());

    assertThat(shown).map(JobFramesTest::sorted).isEqualTo(golden("native-events"));
  }

  @Test
  void native_everyState_isAsRecorded() throws IOException {
    var topic = TopicName.ofJob(ID);
    var dialect = new JobDialect(topic, false, Map.of("schedule_id", 12));

    assertThat(states(dialect, topic, jobs()))
        .map(JobFramesTest::sorted)
        .isEqualTo(golden("native-states"));
  }

  @Test
  void feed_eventsAndState_areAsRecorded() throws IOException {
    var topic = TopicName.ofUser("7");
    var dialect = new JobDialect(topic, false, Map.of());
    var shown = frames(dialect, topic, events().stream().map(FeedEvent::new).toList());
    shown.addAll(frames(dialect, topic, List.of(new FeedEvent(new JobEvent.Deleted(completed)))));
    shown.addAll(
        states(dialect, topic, new FeedState(List.of(completed)), new FeedState(List.of())));

    assertThat(shown).map(JobFramesTest::sorted).isEqualTo(golden("feed"));
  }

  @Test
  void channel_everyEventAndState_isAsRecorded() throws IOException {
    var topic = TopicName.ofJob(ID);
    var shown = frames(new ProgressDialect(true), topic, events());
    shown.addAll(states(new ProgressDialect(false), topic, jobs()));

    assertThat(shown).map(JobFramesTest::sorted).isEqualTo(golden("channel"));
  }

  @Test
  void rest_everyState_isAsRecorded() throws IOException {
    var shown = new ArrayList<String>();
    for (var job : jobs()) {
      shown.add(JsonCodec.json(JobJson.View.of(job)).text());
    }

    assertThat(shown).map(JobFramesTest::sorted).isEqualTo(golden("rest"));
  }

  @Test
  void worker_everyMessage_isAsRecorded() throws IOException {
    var id = new IntNode(7);
    var claimed =
        new Claimed(JobJson.View.of(started), FENCE, NOW.plusSeconds(30), new Json("{\"page\":3}"));
    var first = new Claimed(JobJson.View.of(started), FENCE, NOW.plusSeconds(30), null);
    var refusal = new WorkerMessage.Refusal(FENCE, 3, 1, ErrorCode.LEASE_LOST, "It is lost");
    var messages =
        List.of(
            new WorkerMessage.Working(id, true),
            new WorkerMessage.Working(null, true),
            new WorkerMessage.Handed(first),
            new WorkerMessage.Handed(claimed),
            new WorkerMessage.Acked(12),
            new WorkerMessage.Lost(List.of(FENCE)),
            new WorkerMessage.CancelRequested(List.of(FENCE, "other"), List.of("other")),
            new WorkerMessage.Ended(List.of(WorkerMessage.EndedJob.of(FENCE, again))),
            new WorkerMessage.Ended(List.of(WorkerMessage.EndedJob.of(FENCE, completed))),
            new WorkerMessage.Refused(List.of(refusal)));

    assertThat(messages)
        .map(message -> sorted(JsonCodec.json(message).text()))
        .isEqualTo(golden("worker-messages"));
  }

  /* An object's members have no order. */
  private static String sorted(String frame) {
    return JsonCodec.mapper()
        .writer()
        .with(tools.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .writeValueAsString(JsonCodec.mapper().readValue(frame, TreeMap.class));
  }
}
