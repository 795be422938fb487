package dev.headway.bench.torture;

import java.net.http.WebSocket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The jobs channel, whose frames have no cursor: each connection begins with the present state. One
 * job after the other.
 */
final class ChannelWatcher extends TortureWatcher {
  ChannelWatcher(String name, Api api, Verdicts verdicts, Set<String> jobs) {
    super(name, api, verdicts, jobs);
  }

  @Override
  void watch() throws InterruptedException {
    for (var job : jobs()) {
      if (!view(job).ended()) {
        follow(job);
      }
    }
  }

  private void follow(String job) throws InterruptedException {
    var frames = new FrameListener(job);
    try {
      var socket =
          api.http
              .newWebSocketBuilder()
              .buildAsync(api.socket("/progress/ws/" + job), frames)
              .get(3, TimeUnit.SECONDS);
      frames.over.completeOnTimeout(null, lifeMillis() / 2, TimeUnit.MILLISECONDS).get();
      socket.abort();
    } catch (ExecutionException | TimeoutException | CompletionException _) {
      // killed, stopped or cut off, as it should be
    } finally {
      frames.cut();
    }
  }

  private final class FrameListener implements WebSocket.Listener {
    final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
    private final String job;
    private final StringBuilder text = new StringBuilder();
    private boolean first = true;

    FrameListener(String job) {
      this.job = job;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        show(Api.JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private synchronized void show(JsonNode frame) {
      if (over.isDone() || !frame.path("type").asString("").equals("progress")) {
        return; // what comes after the cut is not seen
      }
      view(job).channel(frame, first);
      first = false;
    }

    synchronized void cut() {
      over.complete(null);
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
