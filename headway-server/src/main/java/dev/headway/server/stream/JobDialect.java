package dev.headway.server.stream;

import dev.headway.core.engine.FeedEvent;
import dev.headway.core.engine.FeedState;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.server.stream.TopicKind.NativeDialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  /** How long a part of a feed's snapshot is at most, in characters. */
  private static final int PART_BYTES = 8_000;

  /** Takes a copy of the identifiers. */
  public JobDialect {
    ids = Map.copyOf(ids);
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
      case JobEvent happened -> frame(event, JobJson.data(happened), conflated);
      case FeedEvent(var happened) -> frame(event, feedData(happened), conflated);
      default -> null; // other kinds of topic have dialects of their own
    };
  }

  private static Map<String, Object> feedData(JobEvent happened) {
    var data = new LinkedHashMap<String, Object>();
    data.put("topic", TopicName.ofJob(happened.job().id()).toString());
    data.putAll(JobJson.data(happened));
    return data;
  }

  private Frame frame(Event event, Map<String, Object> data, long conflated) {
    var frame = new LinkedHashMap<String, Object>();
    frame.put("topic", as.toString());
    frame.put("cursor", event.cursor().toString());
    frame.put("type", event.body().type());
    frame.put("at", event.at());
    if (conflated > 0) {
      frame.put("conflated", conflated);
    }
    frame.put("data", data);
    return Frame.text(JobJson.withinBudget(frame, data));
  }

  @Override
  public List<Frame> state(Snapshot snapshot) {
    return switch (snapshot.state()) {
      case Job job -> List.of(job(job));
      case FeedState(var jobs) -> feed(jobs);
      default -> List.of();
    };
  }

  private Frame job(Job job) {
    var data = new LinkedHashMap<String, Object>(ids);
    data.putAll(JobJson.snapshot(job));
    return Frame.text(JobJson.withinBudget(data, data));
  }

  private static List<Frame> feed(List<Job> jobs) {
    var parts = new ArrayList<Frame>();
    var part = new StringBuilder();
    for (var job : jobs) {
      var text = feedEntry(job);
      if (!part.isEmpty() && part.length() + text.length() > PART_BYTES) {
        parts.add(Frame.text("{\"jobs\":[" + part + "]}"));
        part.setLength(0);
      }
      part.append(part.isEmpty() ? "" : ",").append(text);
    }
    parts.add(Frame.text("{\"jobs\":[" + part + "]}"));
    return parts;
  }

  private static String feedEntry(Job job) {
    var data = new LinkedHashMap<String, Object>();
    data.put("topic", TopicName.ofJob(job.id()).toString());
    data.putAll(JobJson.snapshot(job));
    data.remove("result");
    data.remove("metadata");
    data.computeIfPresent("message", (_, text) -> JobJson.shorter((String) text));
    return dev.headway.server.http.JsonCodec.json(data).text();
  }
}
