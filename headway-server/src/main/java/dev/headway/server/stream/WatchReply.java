package dev.headway.server.stream;

import dev.headway.core.job.Json;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Frame;
import dev.headway.server.http.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a watch request, in as many frames as it needs: all but the last say {@code more}.
 * A snapshot in several parts has several entries of the same topic and cursor.
 */
final class WatchReply {
  private static final int ROOM = FrameBudget.FRAME - 512;

  private final Wire wire;
  private final Map<String, Object> head;

  WatchReply(Wire wire, Map<String, Object> head) {
    this.wire = wire;
    this.head = head;
  }

  /** One topic's entry; without a snapshot it was recovered. */
  static Json entry(String topic, Cursor cursor, @Nullable Frame snapshot) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("topic", topic);
    entry.put("recovered", snapshot == null);
    entry.put("cursor", cursor.toString());
    entry.put("snapshot", snapshot == null ? null : new Json(snapshot.asText()));
    return JsonCodec.json(entry);
  }

  List<Frame> frames(List<Json> entries, List<Map<String, Object>> refused) {
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

  private List<Frame> withRefused(
      List<Frame> frames, List<Json> part, List<Map<String, Object>> refused) {
    var step = 40;
    for (var from = 0; from + step < refused.size(); from += step) {
      frames.add(frame(part, refused.subList(from, from + step), true));
      part = List.of();
    }
    var rest = refused.isEmpty() ? 0 : (refused.size() - 1) / step * step;
    frames.add(frame(part, refused.subList(rest, refused.size()), false));
    return frames;
  }

  private Frame frame(List<Json> watching, List<Map<String, Object>> refused, boolean more) {
    var reply = new LinkedHashMap<>(head);
    reply.put("watching", List.copyOf(watching));
    reply.put("refused", refused);
    if (more) {
      reply.put("more", true);
    }
    return wire.frame(reply);
  }
}
