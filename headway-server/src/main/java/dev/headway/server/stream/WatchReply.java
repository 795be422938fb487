package dev.headway.server.stream;

import dev.headway.core.job.Json;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Frame;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.stream.NativeReply.RefusedTopic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a watch request, in as many frames as it needs: all but the last say {@code more}.
 * A snapshot in several parts has several entries of the same topic and cursor.
 */
final class WatchReply {
  private static final int ROOM = FrameBudget.FRAME - 512;

  private final Wire wire;
  private final @Nullable JsonNode re;

  /** The answer to a request with that id; null for none. */
  WatchReply(Wire wire, @Nullable JsonNode re) {
    this.wire = wire;
    this.re = re;
  }

  /** One topic's entry; without a snapshot it was recovered. */
  static Json entry(String topic, Cursor cursor, @Nullable Frame snapshot) {
    var state = snapshot == null ? null : new Json(snapshot.asText());
    return JsonCodec.json(new NativeReply.Entry(topic, snapshot == null, cursor.toString(), state));
  }

  List<Frame> frames(List<Json> entries, List<RefusedTopic> refused) {
    var frames = new ArrayList<Frame>();
    var part = new ArrayList<Json>();
    var size = 0;
    for (var entry : entries) {
      var length = entry.text().getBytes(StandardCharsets.UTF_8).length;
      if (size > 0 && size + length > ROOM) {
        frames.add(frame(part, List.of(), true));
        part.clear();
        size = 0;
      }
      part.add(entry);
      size += length;
    }
    return withRefused(frames, part, refused);
  }

  private List<Frame> withRefused(List<Frame> frames, List<Json> part, List<RefusedTopic> refused) {
    var step = 40;
    for (var from = 0; from + step < refused.size(); from += step) {
      frames.add(frame(part, refused.subList(from, from + step), true));
      part = List.of();
    }
    var rest = refused.isEmpty() ? 0 : (refused.size() - 1) / step * step;
    frames.add(frame(part, refused.subList(rest, refused.size()), false));
    return frames;
  }

  private Frame frame(List<Json> watching, List<RefusedTopic> refused, boolean more) {
    var watched = List.copyOf(watching);
    return wire.frame(new NativeReply.Watching(re, watched, refused, more ? true : null));
  }
}
