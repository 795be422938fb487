package dev.headway.fpl.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Serves the shipped season as the public API does, over real HTTP, with faults on demand. */
public final class RecordedApi implements AutoCloseable {
  static final String BOOTSTRAP = "/api/bootstrap-static/";
  static final String ETAG = "\"season-1\"";

  private final HttpServer server;
  private final String made;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> documents = new ConcurrentHashMap<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** The fault of one request. */
  @FunctionalInterface
  public interface Fault {
    /** Answers instead of the document. */
    void answer(HttpExchange exchange, byte[] document) throws IOException;
  }

  /** Serves the shipped season. */
  public RecordedApi() throws IOException {
    this(season());
  }

  /** Serves a season. */
  public RecordedApi(JsonNode season) throws IOException {
    made = made(season);
    put("bootstrap-static/", season.get("bootstrap"));
    put("fixtures/", season.get("fixtures"));
    put("event-status/", season.get("event_status"));
    var team = season.get("teams").get("1");
    put("entry/1/", team.get("entry"));
    put("entry/1/history/", team.get("history"));
    put("entry/1/event/1/picks/", team.get("picks"));
    put("entry/1/transfers/", JsonMapper.shared().createArrayNode());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The shipped season. */
  public static JsonNode season() {
    try (var in = StoredSource.class.getResourceAsStream("sample-season.json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its documents are. */
  public URI baseUrl() {
    return URI.create(
        "http://%s:%d/api/"
            .formatted(
                server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }

  /** The next requests go wrong in this order, one each. */
  public synchronized void fail(Fault... next) {
    faults.addAll(List.of(next));
  }

  /** The paths that were asked for so far. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** A status without a document. */
  public static Fault status(int status) {
    return (exchange, document) -> send(exchange, status, "{}".getBytes(StandardCharsets.UTF_8));
  }

  /** A status with a body. */
  public static Fault answer(int status, String body) {
    return (exchange, document) -> send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The document with headers, and as a server between may have changed its bytes. */
  public Fault passedOn(Map<String, String> headers, UnaryOperator<byte[]> change) {
    return (exchange, document) -> {
      headers.forEach(exchange.getResponseHeaders()::add);
      exchange.getResponseHeaders().add("Last-Modified", made);
      send(exchange, 200, change.apply(document));
    };
  }

  /** Changes a document. */
  public void change(String path, Consumer<ObjectNode> change) {
    var document = (ObjectNode) JsonMapper.shared().readTree(documents.get("/api/" + path));
    change.accept(document);
    put(path, document);
  }

  /** Too many requests, with the seconds to wait. */
  public static Fault tooMany(int seconds) {
    return tooMany(String.valueOf(seconds));
  }

  /** Too many requests, with a {@code Retry-After}. */
  public static Fault tooMany(String retryAfter) {
    return (exchange, document) -> {
      exchange.getResponseHeaders().add("Retry-After", retryAfter);
      send(exchange, 429, new byte[0]);
    };
  }

  /** Half the document, then the connection ends. */
  public static Fault cut() {
    return (exchange, document) -> {
      exchange.sendResponseHeaders(200, document.length);
      exchange.getResponseBody().write(document, 0, document.length / 2);
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** Half the document, whole as far as HTTP knows. */
  public static Fault truncated() {
    return (exchange, document) ->
        send(exchange, 200, Arrays.copyOf(document, document.length / 2));
  }

  /** The headers and then nothing until the server closes. */
  public Fault stall() {
    return (exchange, document) -> {
      exchange.sendResponseHeaders(200, document.length);
      exchange.getResponseBody().write(document, 0, 10);
      exchange.getResponseBody().flush();
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private static String made(JsonNode season) {
    var captured = Instant.parse(season.get("captured_at").asString());
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(captured.atOffset(ZoneOffset.UTC));
  }

  private void put(String path, JsonNode document) {
    documents.put("/api/" + path, document.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    Fault fault;
    synchronized (this) {
      requests.add(path);
      fault = faults.poll();
    }
    var document = documents.get(path);
    if (document == null) {
      send(exchange, 404, "{\"detail\":\"Not found.\"}".getBytes(StandardCharsets.UTF_8));
    } else if (fault != null) {
      fault.answer(exchange, document);
    } else if (ETAG.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
      exchange.close();
    } else {
      exchange.getResponseHeaders().add("ETag", ETAG);
      exchange.getResponseHeaders().add("Last-Modified", made);
      send(exchange, 200, document);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
