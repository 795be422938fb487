package dev.headway.bench.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Server-Sent Events or lines of JSON: a connection for each job. */
final class LineWatcher extends EachJobWatcher {
  private static final String DATA = "data:";

  private final boolean events;

  /**
   * @param events whether as Server-Sent Events
   */
  LineWatcher(String name, Api api, Verdicts verdicts, Set<String> jobs, boolean events) {
    super(name, api, verdicts, jobs);
    this.events = events;
  }

  @Override
  void follow(String job) throws InterruptedException {
    var after = view(job).cursor();
    var query = after == null || events ? "" : "?after=" + after;
    var request =
        HttpRequest.newBuilder(api.node("/jobs/" + job + "/events" + query))
            .timeout(Duration.ofSeconds(3))
            .header("Accept", events ? "text/event-stream" : "application/x-ndjson");
    if (after != null && events) {
      request.header("Last-Event-ID", after);
    }
    try {
      var answer = api.http.send(request.build(), BodyHandlers.ofInputStream());
      if (answer.statusCode() == 200) {
        read(job, after, answer);
      } else {
        answer.body().close();
      }
    } catch (IOException | UncheckedIOException _) {
      // killed, stopped or cut off, as it should be
    }
  }

  private void read(String job, @Nullable String after, HttpResponse<InputStream> answer)
      throws IOException {
    var cut = CompletableFuture.delayedExecutor(lifeMillis(), TimeUnit.MILLISECONDS);
    try (var body = answer.body();
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      cut.execute(() -> closed(body));
      var first = true;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var frame = frame(line);
        if (frame.isObject()) {
          show(job, first ? after : null, frame, first);
          first = false;
        }
      }
    }
  }

  private static void closed(InputStream body) {
    try {
      body.close();
    } catch (IOException _) {
      // Cut off already.
    }
  }

  /* A line that was cut in its middle is none. */
  private JsonNode frame(String line) {
    var text = events && line.startsWith(DATA) ? line.substring(DATA.length()) : line;
    if (!text.strip().startsWith("{")) {
      return MissingNode.getInstance();
    }
    try {
      return Api.JSON.readTree(text);
    } catch (JacksonException _) {
      return MissingNode.getInstance();
    }
  }

  private void show(String job, @Nullable String after, JsonNode frame, boolean first) {
    if (frame.path("type").asString("").equals("snapshot")) {
      view(job).began(after, frame.path("cursor").asString(""), frame.path("data"));
      return;
    }
    if (first && after != null) {
      view(job).began(after, after, MissingNode.getInstance());
    }
    view(job).event(frame);
  }
}
