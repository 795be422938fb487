package dev.headway.server.mcp;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.stream.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Model Context Protocol over HTTP ("streamable HTTP" of its version 2025-11-25, without
 * sessions): one message of JSON-RPC 2.0 in, one out. Thread-safe.
 */
public final class McpRoutes {
  /** Versions of the protocol, the newest first. */
  private static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

  private static final String INSTRUCTIONS =
      "Headway shows how far along long-running jobs are. Find jobs by list_jobs; watch_job with wait_seconds"
          + " waits for an end; explain_job says why a job failed, stalled or waits.";

  private static final int NO_METHOD = -32_601;
  private static final int BAD_PARAMS = -32_602;

  /* As JSON-RPC 2.0 has it; an answer of the client's has no method. */
  private record Message(
      @Nullable String jsonrpc,
      @Nullable Json id,
      @Nullable String method,
      @Nullable Json params,
      @Nullable Json result,
      @Nullable Json error) {}

  private sealed interface Reply {}

  private record Answer(String jsonrpc, Json id, Object result) implements Reply {}

  private record Refusal(String jsonrpc, Json id, Fault error) implements Reply {}

  private record Fault(int code, String message) {}

  private record Initialized(
      @JsonProperty("protocolVersion") String version,
      Map<String, Map<String, String>> capabilities,
      @JsonProperty("serverInfo") Map<String, String> server,
      String instructions) {}

  private final Function<RawRequest, Response> rest;
  private final McpTools tools;
  private final String version;

  /**
   * The protocol over these operations.
   *
   * @param rest the server's operations, each with its own permissions
   * @param topics where a job's end is awaited
   * @param version the server's
   */
  public McpRoutes(
      Function<RawRequest, Response> rest, Topics topics, InstantSource clock, String version) {
    this.rest = rest;
    this.version = version;
    this.tools = new McpTools(topics, clock);
  }

  /** The handler. */
  public Routes routes() {
    return new Routes().on("mcp", this::answer);
  }

  private Response answer(Request request) throws InterruptedException {
    requireVersion(request);
    var message = request.json(Message.class);
    if (message.id() == null || message.method() == null) {
      return Response.bytes(202, "", new byte[0]);
    }
    return Response.ok(answer(request, message.method(), message));
  }

  /* A client names it from its second message on. */
  private static void requireVersion(Request request) {
    var named = request.header("mcp-protocol-version");
    if (named.isPresent() && !VERSIONS.contains(named.get())) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT,
          "This version of the protocol is not spoken here; use one of " + VERSIONS);
    }
  }

  private Reply answer(Request request, String method, Message message)
      throws InterruptedException {
    var params =
        message.params() != null && JsonCodec.tree(message.params()) instanceof ObjectNode named
            ? named
            : JsonCodec.mapper().createObjectNode();
    return switch (method) {
      case "initialize" -> answered(message, initialized(params));
      case "ping" -> answered(message, Map.of());
      case "tools/list" -> answered(message, Map.of("tools", tools.list()));
      case "tools/call" -> called(request, message, params);
      default -> refused(message, NO_METHOD, "The method is not known here: " + method);
    };
  }

  private Initialized initialized(JsonNode params) {
    var wanted = params.path("protocolVersion").asString("");
    return new Initialized(
        VERSIONS.contains(wanted) ? wanted : VERSIONS.getFirst(),
        Map.of("tools", Map.of()),
        Map.of("name", "headway", "title", "Headway", "version", version),
        INSTRUCTIONS);
  }

  private Reply called(Request request, Message message, JsonNode params)
      throws InterruptedException {
    var name = params.path("name").asString("");
    var arguments =
        params.path("arguments") instanceof ObjectNode given
            ? given
            : JsonCodec.mapper().createObjectNode();
    return tools
        .call(name, new RestCalls(rest, request), arguments)
        .<Reply>map(result -> answered(message, result))
        .orElseGet(() -> refused(message, BAD_PARAMS, "There is no such tool: " + name));
  }

  private static Answer answered(Message message, Object result) {
    return new Answer("2.0", id(message), result);
  }

  private static Refusal refused(Message message, int code, String text) {
    return new Refusal("2.0", id(message), new Fault(code, text));
  }

  private static Json id(Message message) {
    return Objects.requireNonNull(message.id());
  }
}
