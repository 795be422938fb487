package dev.headway.client.work;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headway.client.http.Json;
import dev.headway.client.http.Rest;
import dev.headway.client.http.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server of the worker routes that says what a test tells it to, and keeps what it hears. */
final class StubServer implements AutoCloseable {
  static final String JOB_ID = "0198f000-0000-7000-8000-000000000001";
  static final String NOT_CANCELLED =
      "{\"cancel_requested\":false,\"lease_expires_at\":\"2026-03-01T12:01:00Z\"}";
  static final String CANCELLED =
      "{\"cancel_requested\":true,\"lease_expires_at\":\"2026-03-01T12:01:00Z\"}";

  /** A request that was made. */
  record Call(String path, JsonNode body) {}

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Call> calls = new ArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private String jobStatus = "in_progress";
  private boolean away;
  private @Nullable String answerLost;

  StubServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  Rest rest() {
    var origin = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Rest(http, origin, new Tokens(() -> null), InstantSource.system(), token -> {});
  }

  /** Whether to cut every request off. */
  synchronized void away(boolean yes) {
    away = yes;
  }

  /** Does what the next call to a path asks, but cuts its answer off. */
  synchronized void loseAnswerOf(String path) {
    answerLost = path;
  }

  synchronized void jobIs(String status) {
    jobStatus = status;
  }

  /** Answers the next call like this; calls without a told answer succeed. */
  synchronized void answer(int status, String body) {
    answers.add(new Answer(status, body));
  }

  synchronized List<Call> calls(String last) {
    return calls.stream().filter(call -> call.path().endsWith("/" + last)).toList();
  }

  synchronized List<String> paths() {
    return calls.stream()
        .map(call -> call.path().substring(call.path().lastIndexOf('/') + 1))
        .toList();
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var path = exchange.getRequestURI().getPath();
    if (away) {
      exchange.close();
      return;
    }
    calls.add(new Call(path, body.isEmpty() ? Json.object() : Json.parse(body)));
    if (answerLost != null && path.endsWith(answerLost)) {
      answerLost = null;
      exchange.close();
      return;
    }
    var answer = answers.isEmpty() ? usual(path) : answers.remove();
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Answer usual(String path) {
    var job =
        "{\"id\":\"%s\",\"job_type\":\"probe\",\"status\":\"%s\",\"attempt\":1,\"new_key\":[]}"
            .formatted(JOB_ID, jobStatus);
    return switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "claim" ->
          new Answer(
              200,
              "{\"job\":%s,\"lease\":\"l1\",\"lease_expires_at\":\"2026-03-01T12:00:30Z\"}"
                  .formatted(job));
      case "progress" -> new Answer(200, NOT_CANCELLED);
      case "logs" -> new Answer(200, "{\"last_number\":1}");
      default -> new Answer(200, job);
    };
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
