package dev.headway.server.mcp;

import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.json.JsonCodec;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Calls of REST operations in the name of a request's caller, through the same door: the same
 * permissions, checks, limits and counts.
 *
 * @param rest the server's operations
 * @param outer the request whose caller it is
 */
record RestCalls(Function<RawRequest, Response> rest, Request outer) {
  private static final Set<String> OF_THE_BODY =
      Set.of("content-length", "transfer-encoding", "expect", "if-none-match", "idempotency-key");

  /**
   * The answer of an operation.
   *
   * @param body its JSON, or the problem's; missing for none
   */
  record Answer(int status, JsonNode body) {
    boolean refused() {
      return status >= 400;
    }
  }

  Answer get(String target) {
    return call("GET", target, null);
  }

  Answer post(String target, JsonNode body) {
    return call("POST", target, body);
  }

  private Answer call(String method, String target, @Nullable JsonNode body) {
    var sent = body == null ? new Request.Body.Empty() : new Request.Body.Json(body);
    var headers = new HashMap<>(outer.headers());
    headers.keySet().removeIf(name -> OF_THE_BODY.contains(name.toLowerCase(Locale.ROOT)));
    headers.put("accept", "application/json");
    headers.put("content-type", "application/json");
    var raw = new RawRequest(method, target, headers, sent, outer.caller().peer());
    return switch (rest.apply(raw)) {
      case Response.Whole(var status, _, _, var json) when json.length > 0 ->
          new Answer(status, JsonCodec.mapper().readTree(json));
      case Response other -> new Answer(other.status(), MissingNode.getInstance());
    };
  }
}
