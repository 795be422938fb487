package dev.headway.bench.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The native stream, as JSON or CBOR: one connection for all jobs. */
final class StreamWatcher extends JobWatcher {
  private static final String TOPIC = "job:";

  private final String subprotocol;

  /**
   * @param cbor whether frames are CBOR
   */
  StreamWatcher(String name, Api api, Verdicts verdicts, Set<String> jobs, boolean cbor) {
    super(name, api, verdicts, jobs);
    this.subprotocol = cbor ? "headway.v1.cbor" : "headway.v1";
  }

  @Override
  public void run() {
    try {
      while (true) {
        var asked = new ConcurrentHashMap<String, String>();
        connect(
            "/api/v1/stream",
            subprotocol,
            frame -> read(frame, asked),
            socket -> watch(socket, asked));
        pause();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(FrameSocket socket, Map<String, String> asked) throws InterruptedException {
    var end = System.nanoTime() + lifeMillis() * 1_000_000;
    var watched = new HashSet<String>();
    while (System.nanoTime() < end && !socket.over()) {
      var topics = topics(jobs().stream().filter(watched::add).toList(), asked);
      if (!topics.isEmpty()) {
        socket.send(Map.of("op", "watch", "id", 1, "topics", topics));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private List<Map<String, String>> topics(List<String> jobs, Map<String, String> asked) {
    var topics = new ArrayList<Map<String, String>>();
    for (var job : jobs) {
      var topic = new HashMap<String, String>();
      topic.put("topic", TOPIC + job);
      var cursor = view(job).cursor();
      if (cursor != null) {
        topic.put("after", cursor);
        asked.put(job, cursor);
      }
      topics.add(topic);
    }
    return topics;
  }

  private void read(JsonNode frame, Map<String, String> asked) {
    for (var begun : frame.path("watching")) {
      var job = begun.path("topic").asString().substring(TOPIC.length());
      view(job).began(asked.get(job), begun.path("cursor").asString(""), begun.path("snapshot"));
    }
    if (frame.has("type")) {
      view(frame.path("topic").asString().substring(TOPIC.length())).event(frame);
    }
  }
}
