package dev.headway.client.stream;

import dev.headway.client.http.ApiException;
import dev.headway.client.http.ClientException;
import dev.headway.client.http.Json;
import dev.headway.client.http.Rest;
import dev.headway.client.link.ConnectionEnd;
import dev.headway.client.link.Link;
import dev.headway.client.time.Scheduler;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A link that looks like the WebSocket and is made of plain HTTP: a response of Server-Sent Events
 * for each watched topic, and a call for each other operation.
 */
final class SseLink implements Link {
  private static final String HELLO =
      "{\"hello\":\"headway.v1\",\"ping_seconds\":25,\"reconnect\":{\"min_ms\":0,\"max_ms\":1000}}";

  private final Rest rest;
  private final Scheduler scheduler;
  private final Listener listener;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Map<String, Stream<String>> open = new ConcurrentHashMap<>();

  SseLink(Rest rest, Scheduler scheduler, Listener listener) {
    this.rest = rest;
    this.scheduler = scheduler;
    this.listener = listener;
  }

  void open() {
    call(() -> {
      rest.get("/health");
      text(HELLO);
    });
  }

  @Override
  public void send(String text) {
    var frame = Json.parse(text);
    switch (frame.path("op").asString("")) {
      case "watch" -> frame.path("topics").forEach(topic -> call(() -> follow(topic)));
      case "unwatch" -> frame.path("topics").forEach(topic -> close(topic.asString()));
      case "cancel" -> call(() -> cancel(Topic.parse(frame.path("topic").asString())));
      case "ping" -> call(this::ping);
      default -> {
        // A renewed token is used by the next call without being announced.
      }
    }
  }

  private void ping() {
    rest.get("/health");
    listener.onAlive();
  }

  private void cancel(Topic topic) {
    var path =
        switch (topic.kind()) {
          case "schedule" -> "/api/v1/schedule/%s/cancel";
          case "comparison" -> "/api/v1/compare/%s/cancel";
          case "analysis" -> "/api/v1/analyze/%s/cancel";
          default -> "/api/v1/jobs/%s/cancel";
        };
    try {
      rest.post(path.formatted(topic.key()), Json.object());
    } catch (ApiException ignored) {
      // Too late, or not allowed; the topic's own events tell what has become of it.
    }
  }

  private void follow(JsonNode interest) {
    var topic = interest.path("topic").asString();
    var after = interest.path("after").isString() ? interest.path("after").asString() : null;
    var logs = interest.path("logs").asBoolean(false) ? "?logs=true" : "";
    close(topic);
    try {
      read(topic, "/api/v1/topics/%s/events%s".formatted(topic, logs), after);
    } catch (ApiException e) {
      if (e.status() != 403 && e.status() != 404) {
        throw e;
      }
      var reply = Json.object();
      reply.putArray("refused").addObject().put("topic", topic).put("code", e.code());
      text(reply.toString());
    }
  }

  private void read(String topic, String path, @Nullable String after) {
    var reading = new Reading();
    try (var lines = rest.lines(path, "text/event-stream", after)) {
      open.put(topic, lines);
      var parser = new SseParser(reading::event, listener::onAlive);
      lines.forEach(parser::line);
    } catch (UncheckedIOException | IllegalStateException e) {
      if (!over.get() && open.containsKey(topic)) {
        end(new ConnectionEnd.Lost("the event stream of %s was cut off".formatted(topic)));
      }
      return;
    }
    // Without a single event the server has said that nothing follows the cursor.
    if (open.remove(topic) != null && !reading.ended && reading.begun) {
      end(new ConnectionEnd.Lost("the event stream of %s ended early".formatted(topic)));
    }
  }

  /** The progress of one topic's response. */
  private final class Reading {
    private final ObjectNode snapshot = Json.object();
    private boolean begun;
    private boolean ended;

    void event(String data) {
      begun = true;
      var frame = Json.parse(data);
      var topic = Topic.parse(frame.path("topic").asString());
      if (frame.path("type").asString("").equals("snapshot")) {
        snapshot(topic, frame);
      } else {
        text(data);
        var type = frame.path("type").asString("");
        ended = new Event(topic, null, type, null, frame.path("data"), 0).ended();
      }
    }

    /** A large snapshot comes in parts, each of which is shown joined with those before. */
    private void snapshot(Topic topic, JsonNode frame) {
      Snapshots.join(snapshot, frame.path("data"));
      var reply = Json.object();
      reply
          .putArray("watching")
          .addObject()
          .put("topic", topic.toString())
          .put("recovered", false)
          .put("cursor", frame.path("cursor").asString(""))
          .set("snapshot", snapshot.deepCopy());
      text(reply.toString());
      ended = topic.ends() && JobState.of(new Snapshot(topic, null, snapshot)).status().ended();
    }
  }

  private void text(String frame) {
    var done = new CountDownLatch(1);
    listener.onText(frame, done::countDown);
    try {
      // Like the WebSocket, it reads on only when the frame has been dealt with.
      done.await();
    } catch (InterruptedException ignored) {
      Thread.currentThread().interrupt();
    }
  }

  private void call(Runnable task) {
    var unused = scheduler.schedule(Duration.ZERO, () -> guarded(task));
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (ApiException e) {
      end(new ConnectionEnd.Refused(e.status(), Duration.ZERO));
    } catch (ClientException e) {
      end(new ConnectionEnd.Lost(String.valueOf(e.getMessage())));
    }
  }

  private void close(String topic) {
    var lines = open.remove(topic);
    if (lines != null) {
      lines.close();
    }
  }

  private void end(ConnectionEnd ending) {
    if (over.compareAndSet(false, true)) {
      open.keySet().forEach(this::close);
      listener.onEnd(ending);
    }
  }

  @Override
  public void abort() {
    over.set(true);
    open.keySet().forEach(this::close);
  }
}
