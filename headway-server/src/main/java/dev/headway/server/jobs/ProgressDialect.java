package dev.headway.server.jobs;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.LogLine;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.stream.JobJson;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of the jobs channel: every event is a progress frame that shows the whole job.
 *
 * @param logs whether log lines are shown, in frames without {@code job_id}
 */
public record ProgressDialect(boolean logs) implements Dialect {
  /** A log line; {@code subject} is the job. */
  private record Line(
      String type, UUID subject, long number, String stream, String text, Instant timestamp) {
    static Line of(Job job, LogLine line) {
      return new Line("log", job.id(), line.number(), line.stream(), line.text(), line.at());
    }
  }

  @Override
  public @Nullable Frame event(Event event) {
    return switch (event.body()) {
      case JobEvent.Logged(var job, var line) ->
          logs ? Frame.text(JsonCodec.bytes(Line.of(job, line))) : null;
      case JobEvent happened ->
          Frame.text(JobJson.Channel.bytes(happened.job(), event.at(), happened));
      default -> null; // only jobs are watched here
    };
  }

  @Override
  public boolean lines() {
    return logs;
  }

  @Override
  public List<Frame> state(Snapshot snapshot) {
    return snapshot.state() instanceof Job job
        ? List.of(Frame.text(JobJson.Channel.bytes(job, job.times().updated(), null)))
        : List.of();
  }
}
