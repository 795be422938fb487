package dev.headway.client.stream;

import dev.headway.client.http.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The frames of the native stream that a client sends. Thread-safe. */
final class Frames {
  /** Keeps a frame well under the 10 KB that the server takes. */
  static final int MOST_TOPICS = 40;

  private final AtomicLong ids = new AtomicLong();

  /** Requests to watch, in as many frames as are needed. */
  List<String> watch(Collection<Interest> interests) {
    var frames = new ArrayList<String>();
    var rest = List.copyOf(interests);
    for (var from = 0; from < rest.size(); from += MOST_TOPICS) {
      frames.add(watchFrame(rest.subList(from, Math.min(rest.size(), from + MOST_TOPICS))));
    }
    return frames;
  }

  private String watchFrame(List<Interest> interests) {
    var frame = Json.object().put("op", "watch").put("id", ids.incrementAndGet());
    var topics = frame.putArray("topics");
    for (var interest : interests) {
      var topic = topics.addObject().put("topic", interest.topic().toString());
      if (interest.after() != null) {
        topic.put("after", interest.after());
      }
      if (interest.logs()) {
        topic.put("logs", true);
      }
    }
    return frame.toString();
  }

  /** A request to stop watching a topic. */
  String unwatch(Topic topic) {
    var frame = Json.object().put("op", "unwatch").put("id", ids.incrementAndGet());
    frame.putArray("topics").add(topic.toString());
    return frame.toString();
  }

  /** A request to cancel a topic's job. */
  String cancel(Topic topic) {
    return Json.object()
        .put("op", "cancel")
        .put("id", ids.incrementAndGet())
        .put("topic", topic.toString())
        .toString();
  }

  /** A ping. */
  String ping() {
    return Json.object().put("op", "ping").put("id", ids.incrementAndGet()).toString();
  }

  /** A request to replace the connection's token. */
  String auth(String token) {
    return Json.object()
        .put("op", "auth")
        .put("id", ids.incrementAndGet())
        .put("token", token)
        .toString();
  }
}
