package dev.headway.server.mcp;

import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Topic;
import dev.headway.server.http.Request;
import dev.headway.server.http.contract.RequestSchemas;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.stream.TopicKind.Watchable;
import dev.headway.server.stream.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools that assistants may call. Each is an operation of REST. {@code tools.json} describes
 * them, and their arguments are held against it. Thread-safe; may block.
 */
final class McpTools {
  private static final String JOBS = "/api/v1/jobs";
  private static final int LAST_LINES = 20;

  /** A tool. */
  @FunctionalInterface
  private interface Tool {
    ToolResult call(RestCalls rest, ObjectNode arguments) throws InterruptedException;
  }

  private final Topics topics;
  private final InstantSource clock;
  private final JsonNode described = described();
  private final RequestSchemas schemas = RequestSchemas.selfContained();
  private final Map<String, Tool> tools =
      Map.of(
          "list_jobs",
          this::list,
          "watch_job",
          this::watch,
          "explain_job",
          this::explain,
          "submit_job",
          (rest, arguments) -> ToolResult.of(rest.post(JOBS, arguments)),
          "cancel_job",
          (rest, arguments) -> ToolResult.of(rest.post(at(arguments, "/cancel"), none())),
          "retry_job",
          (rest, arguments) -> ToolResult.of(rest.post(at(arguments, "/retry"), none())));

  /** Tools for jobs among these topics. */
  McpTools(Topics topics, InstantSource clock) {
    this.topics = topics;
    this.clock = clock;
  }

  /** The tools as a client lists them. */
  JsonNode list() {
    return described;
  }

  /** Calls a tool; empty when there is none of that name. */
  Optional<ToolResult> call(String name, RestCalls rest, ObjectNode arguments)
      throws InterruptedException {
    var tool = tools.get(name);
    if (tool == null) {
      return Optional.empty();
    }
    var defects = schemas.defects(name, () -> schema(name), arguments);
    return Optional.of(
        defects.isEmpty() ? tool.call(rest, arguments) : ToolResult.refused(defects));
  }

  private JsonNode schema(String name) {
    for (var tool : described) {
      if (tool.path("name").asString("").equals(name)) {
        return tool.path("inputSchema");
      }
    }
    throw new IllegalStateException("tools.json lacks the tool " + name);
  }

  private ToolResult list(RestCalls rest, ObjectNode arguments) {
    var query = new ArrayList<String>();
    arguments.forEachEntry((name, value) -> query.add(name + "=" + encoded(value.asString())));
    return ToolResult.of(rest.get(JOBS + "?" + String.join("&", query)));
  }

  private ToolResult watch(RestCalls rest, ObjectNode arguments) throws InterruptedException {
    var found = topics.find("job:" + id(arguments), rest.outer().principal());
    if (found.isPresent()) {
      awaitEnd(found.get(), rest.outer(), arguments.path("wait_seconds").asInt(0));
    }
    return ToolResult.of(rest.get(at(arguments, "")));
  }

  private void awaitEnd(Watchable found, Request request, int seconds) throws InterruptedException {
    var topic = found.topic();
    var over = new CountDownLatch(1);
    var listener =
        new Topic.Listener() {
          @Override
          public void appended() {
            if (topic.state().ended()) {
              over.countDown();
            }
          }

          @Override
          public void removed() {
            over.countDown();
          }
        };
    topic.listen(listener);
    try {
      for (var left = seconds; left > 0 && !topic.state().ended(); left--) {
        if (!request.caller().connected().getAsBoolean() || over.await(1, TimeUnit.SECONDS)) {
          return;
        }
      }
    } finally {
      topic.unlisten(listener, clock.instant());
    }
  }

  private ToolResult explain(RestCalls rest, ObjectNode arguments) {
    var job = rest.get(at(arguments, ""));
    if (job.refused()) {
      return ToolResult.of(job);
    }
    var lines = lastLines(rest, arguments, job.body());
    var answer = JsonCodec.mapper().createObjectNode();
    answer.set("job", job.body());
    answer.set("last_lines", JsonCodec.mapper().valueToTree(lines));
    return ToolResult.said(JobExplanation.of(job.body(), lines), answer);
  }

  /* The cursor of a job says how many lines its log has. */
  private static List<String> lastLines(RestCalls rest, ObjectNode arguments, JsonNode job) {
    var written =
        Cursor.parse(job.path("cursor").asString("")).map(at -> at.position().line()).orElse(0L);
    var before = Math.max(0, written - LAST_LINES);
    var page = rest.get(at(arguments, "/logs?limit=%d&after=%d".formatted(LAST_LINES, before)));
    var last = new ArrayList<String>();
    page.body().path("lines").forEach(line -> last.add(line.path("text").asString()));
    return last;
  }

  private static String at(ObjectNode arguments, String action) {
    return JOBS + "/" + encoded(id(arguments)) + action;
  }

  private static String id(ObjectNode arguments) {
    return arguments.path("job_id").asString("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static ObjectNode none() {
    return JsonCodec.mapper().createObjectNode();
  }

  private static JsonNode described() {
    try (var in = McpTools.class.getResourceAsStream("tools.json")) {
      if (in == null) {
        throw new IllegalStateException("The class path lacks tools.json");
      }
      return JsonCodec.mapper().readTree(in.readAllBytes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
