package dev.headway.bench.torture;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The native stream, as JSON or CBOR: one connection for all jobs, cut off without a word. */
final class StreamWatcher extends TortureWatcher {
  private static final String TOPIC = "job:";

  private final boolean cbor;

  /**
   * @param cbor whether frames are CBOR
   */
  StreamWatcher(String name, Api api, Verdicts verdicts, Set<String> jobs, boolean cbor) {
    super(name, api, verdicts, jobs);
    this.cbor = cbor;
  }

  @Override
  void watch() throws InterruptedException {
    var frames = new FrameListener();
    try {
      var socket =
          api.http
              .newWebSocketBuilder()
              .subprotocols(cbor ? "headway.v1.cbor" : "headway.v1")
              .buildAsync(api.socket("/api/v1/stream"), frames)
              .get(3, TimeUnit.SECONDS);
      watchFor(socket, frames, System.nanoTime() + lifeMillis() * 1_000_000);
      socket.abort();
    } catch (ExecutionException | TimeoutException | CompletionException _) {
      // killed, stopped or cut off, as it should be
    } finally {
      frames.cut();
    }
  }

  private void watchFor(WebSocket socket, FrameListener frames, long end)
      throws InterruptedException {
    var watched = new HashSet<String>();
    while (System.nanoTime() < end && !frames.over.isDone()) {
      var topics = new ArrayList<Map<String, String>>();
      for (var job : jobs()) {
        if (watched.add(job)) {
          topics.add(frames.asked(job, view(job).cursor()));
        }
      }
      if (!topics.isEmpty()) {
        send(socket, Map.of("op", "watch", "id", 1, "topics", topics));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void send(WebSocket socket, Map<String, ?> request) {
    if (cbor) {
      socket.sendBinary(ByteBuffer.wrap(Api.CBOR.writeValueAsBytes(request)), true).join();
    } else {
      socket.sendText(Api.JSON.writeValueAsString(request), true).join();
    }
  }

  private final class FrameListener implements WebSocket.Listener {
    final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
    private final Map<String, String> after = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Map<String, String> asked(String job, @Nullable String cursor) {
      var topic = new HashMap<String, String>();
      topic.put("topic", TOPIC + job);
      if (cursor != null) {
        topic.put("after", cursor);
        after.put(job, cursor);
      }
      return topic;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        readUncut(Api.JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
      var some = new byte[part.remaining()];
      part.get(some);
      bytes.writeBytes(some);
      if (last) {
        readUncut(Api.CBOR.readTree(bytes.toByteArray()));
        bytes.reset();
      }
      from.request(1);
      return null;
    }

    /* What comes after the cut is not seen. */
    private synchronized void readUncut(JsonNode frame) {
      if (!over.isDone()) {
        read(frame);
      }
    }

    synchronized void cut() {
      over.complete(null);
    }

    private void read(JsonNode frame) {
      for (var begun : frame.path("watching")) {
        var job = begun.path("topic").asString().substring(TOPIC.length());
        view(job).began(after.get(job), begun.path("cursor").asString(""), begun.path("snapshot"));
      }
      if (frame.has("type")) {
        view(frame.path("topic").asString().substring(TOPIC.length())).event(frame);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      over.complete(null);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      over.complete(null);
    }
  }
}
