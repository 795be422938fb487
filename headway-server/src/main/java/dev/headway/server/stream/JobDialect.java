package dev.headway.server.stream;

import dev.headway.core.engine.FeedEvent;
import dev.headway.core.engine.FeedState;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.stream.TopicKind.NativeDialect;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, and feeds of jobs, on the native stream.
 *
 * @param as the name under which the topic is watched
 * @param logs whether log lines are shown
 * @param ids further identifiers in the snapshot, for example {@code schedule_id}
 */
public record JobDialect(TopicName as, boolean logs, Map<String, Object> ids)
    implements NativeDialect {
  /** Bytes of the jobs in one part of a feed's snapshot at most. */
  private static final int PART_BYTES = 8_000;

  /** Takes a copy of the identifiers. */
  public JobDialect {
    ids = Map.copyOf(ids);
  }

  @Override
  public JobDialect withLogs() {
    return new JobDialect(as, true, ids);
  }

  @Override
  public boolean lines() {
    return logs;
  }

  @Override
  public @Nullable Frame event(Event event) {
    return encode(event, 0);
  }

  @Override
  public @Nullable Frame eventAfterGap(Event event, long conflated) {
    return encode(event, conflated);
  }

  private @Nullable Frame encode(Event event, long conflated) {
    return switch (event.body()) {
      case JobEvent.Logged _ when !logs -> null;
      case JobEvent happened -> frame(event, JobJson.Data.of(happened, null), conflated);
      case FeedEvent(var happened) ->
          frame(event, JobJson.Data.of(happened, TopicName.ofJob(happened.job().id())), conflated);
      default -> null; // other kinds of topic have dialects of their own
    };
  }

  private Frame frame(Event event, JobJson.Data data, long conflated) {
    return Frame.text(
        new JobJson.EventFrame(
                as.toString(),
                event.cursor().toString(),
                event.body().type(),
                event.at(),
                conflated > 0 ? conflated : null,
                data)
            .bytes());
  }

  @Override
  public Frame marker(Event event) {
    return Frame.text(
        "{\"topic\":\"%s\",\"cursor\":\"%s\",\"type\":\"%s\",\"at\":\"%s\",\"data\":{},\"error\":%s}"
            .formatted(
                as,
                event.cursor(),
                event.body().type(),
                JsonCodec.timestamp(event.at()),
                UNREADABLE));
  }

  @Override
  public List<Frame> state(Snapshot snapshot) {
    return switch (snapshot.state()) {
      case Job job -> List.of(Frame.text(JobJson.Snapshot.of(job, ids).bytes()));
      case FeedState(var jobs) -> feed(jobs);
      default -> List.of();
    };
  }

  private static List<Frame> feed(List<Job> jobs) {
    var parts = new ArrayList<Frame>();
    var part = new ByteArrayOutputStream();
    for (var job : jobs) {
      var entry = JobJson.Snapshot.inFeed(job).bytes();
      if (part.size() > 0 && part.size() + entry.length > PART_BYTES) {
        parts.add(feedPart(part));
        part.reset();
      }
      if (part.size() > 0) {
        part.write(',');
      }
      part.writeBytes(entry);
    }
    parts.add(feedPart(part));
    return parts;
  }

  private static Frame feedPart(ByteArrayOutputStream jobs) {
    return Frame.text("{\"jobs\":[" + jobs.toString(StandardCharsets.UTF_8) + "]}");
  }
}
