package dev.headway.server.stream;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.server.http.Response.Format;
import dev.headway.server.stream.TopicKind.NativeDialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The native stream's events as blocks of an event stream (HTML standard, section 9.2) or as lines.
 * A snapshot is an event of type {@code snapshot}.
 */
record LineDialect(NativeDialect events, Format format) implements Dialect {
  @Override
  public boolean lines() {
    return events.lines();
  }

  @Override
  public @Nullable Frame event(Event event) {
    return wrap(event.frameAfterGap(events, 0), event.cursor().toString());
  }

  @Override
  public @Nullable Frame eventAfterGap(Event event, long conflated) {
    return wrap(event.frameAfterGap(events, conflated), event.cursor().toString());
  }

  @Override
  public List<Frame> state(Snapshot snapshot) {
    var cursor = snapshot.cursor().toString();
    return events.state(snapshot).stream()
        .map(part -> text(snapshotEvent(snapshot, part), cursor))
        .toList();
  }

  private static String snapshotEvent(Snapshot snapshot, Frame part) {
    return "{\"topic\":\"%s\",\"cursor\":\"%s\",\"type\":\"snapshot\",\"data\":%s}"
        .formatted(snapshot.topic(), snapshot.cursor(), part.asText());
  }

  private @Nullable Frame wrap(@Nullable Frame frame, String cursor) {
    return frame == null ? null : text(frame.asText(), cursor);
  }

  private Frame text(String json, String cursor) {
    var block =
        switch (format) {
          case SSE -> "id: " + cursor + "\ndata: " + json + "\n\n";
          case NDJSON -> json + "\n";
        };
    return Frame.text(block.getBytes(StandardCharsets.UTF_8));
  }
}
