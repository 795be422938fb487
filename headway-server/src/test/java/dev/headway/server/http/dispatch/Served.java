package dev.headway.server.http.dispatch;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.http.Handler;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Request;
import dev.headway.server.http.Request.Body;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.limit.Refusals;
import dev.headway.server.trace.Tracing;
import dev.headway.testkit.Ids;
import dev.headway.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The server's document behind a dispatcher whose handlers note that they were reached. */
final class Served {
  static final String JOB = "/api/v1/jobs/01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e";

  final OpenApiDocument document;
  final List<Request> reached = new ArrayList<>();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Refusals refusals = new Refusals();
  final AtomicLong millis = new AtomicLong();
  final OpenRequests open = new OpenRequests(2, refusals, meters, millis::get);
  final Dispatcher dispatcher;

  private Served(boolean loopback, Map<String, Handler> special, List<String> parts) {
    document = OpenApiDocument.load(parts);
    var routes = new Routes();
    for (var id : document.operations().keySet()) {
      routes.on(id, special.getOrDefault(id, this::reach));
    }
    var clock = ManualClock.atNoon();
    var ids = Ids.seeded(clock);
    dispatcher =
        new Dispatcher(
            new Dispatcher.Api(document, routes, Served::nothing),
            new Dispatcher.Authentication(
                new KnownTokens(loopback),
                new OriginPolicy(Set.of("https://app.example.org"), loopback),
                TrustedProxies.NONE),
            new Dispatcher.Telemetry(ids, meters, refusals, Tracing.NONE),
            open);
  }

  static Served onLoopback() {
    return new Served(true, Map.of(), List.of());
  }

  static Served onAllAddresses() {
    return new Served(false, Map.of(), List.of());
  }

  static Served with(String operation, Handler handler) {
    return new Served(true, Map.of(operation, handler), List.of());
  }

  static Served withPart(String part) {
    return new Served(true, Map.of(), List.of(part));
  }

  private Response reach(Request request) {
    reached.add(request);
    return Response.noContent();
  }

  private static Response nothing(Request request) {
    throw HeadwayException.notFound("The path " + request.line().path());
  }

  /** A request being put together. */
  Call call(String method, String target) {
    return new Call(method, target);
  }

  /** A request being put together. */
  final class Call {
    private final String method;
    private final String target;
    private final Map<String, String> headers =
        new LinkedHashMap<>(Map.of("host", "localhost:8000"));
    private Body body = new Body.Empty();

    private Call(String method, String target) {
      this.method = method;
      this.target = target;
    }

    Call header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Call token(@Nullable String token) {
      return token == null ? this : header("authorization", "Bearer " + token);
    }

    Call json(String json) {
      return raw("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    Call raw(String type, byte[] bytes) {
      body = new Body.Raw(type, bytes);
      return header("content-type", type);
    }

    Call form(String type, Request.Part... parts) {
      body = new Body.Form(List.of(parts));
      return header("content-type", type);
    }

    Response.Whole send() {
      var answer = new AtomicReference<Response.Whole>();
      send(response -> answer.set((Response.Whole) response));
      return Objects.requireNonNull(answer.get());
    }

    void send(Consumer<Response> reply) {
      var peer = new RawRequest.Peer("127.0.0.1", false, true, () -> true);
      dispatcher.answer(new RawRequest(method, target, headers, body, peer), reply);
    }

    /** The error body of an answer with a status. */
    JsonNode problem(int status) {
      var answer = send();
      var json = new String(answer.body(), StandardCharsets.UTF_8);
      if (answer.status() != status) {
        throw new AssertionError(
            "Expected %d, got %d: %s".formatted(status, answer.status(), json));
      }
      return JsonCodec.mapper().readTree(json);
    }
  }

  static Request.Part field(String name, String value) {
    return new Request.Part(name, null, value.getBytes(StandardCharsets.UTF_8));
  }

  static Request.Part file(String name, String fileName, String content) {
    return new Request.Part(name, fileName, content.getBytes(StandardCharsets.UTF_8));
  }
}
