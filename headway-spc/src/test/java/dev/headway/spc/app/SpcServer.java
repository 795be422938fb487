package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.JobStore;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.server.http.Response;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.http.dispatch.ResponseConformance;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.SocketSettings;
import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.Schema;
import dev.headway.store.account.SqlAccountStore;
import dev.headway.store.job.SqlJobStore;
import dev.headway.testkit.QuickHasher;
import dev.headway.testkit.net.RecordingWatcher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server with process control on a database, and a client that holds it to its document. */
final class SpcServer implements AutoCloseable {
  private static final OpenApiDocument DOCUMENT =
      OpenApiDocument.load(List.of("/dev/headway/spc/openapi.yaml"));
  private static final ResponseConformance CONFORMANCE = new ResponseConformance(DOCUMENT);

  final HeadwayServer server;
  final AccountStore accounts;
  private final Database database;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param anonymous whether clients without a token are served
   * @param maxBody the largest body that is kept in memory, in bytes
   */
  record Setup(
      DatabaseConfig database, Path data, boolean anonymous, SpcSettings settings, int maxBody) {
    static Setup sqlite(Path data) {
      return on(new DatabaseConfig.Sqlite(data.resolve("spc.db")), data);
    }

    static Setup on(DatabaseConfig database, Path data) {
      var maxBody = SocketSettings.DEFAULT.maxBody();
      return new Setup(database, data, true, SpcSettings.DEFAULT, maxBody);
    }

    Setup closedToAnonymous() {
      return new Setup(database, data, false, settings, maxBody);
    }

    Setup with(SpcSettings changed) {
      return new Setup(database, data, anonymous, changed, maxBody);
    }

    Setup withMaxBody(int bytes) {
      return new Setup(database, data, anonymous, settings, bytes);
    }
  }

  SpcServer(Path data) throws IOException {
    this(Setup.sqlite(data));
  }

  SpcServer(Setup setup) throws IOException {
    database = Database.open(setup.database());
    database.migrate(Schema.CORE);
    JobStore jobs = new SqlJobStore(database);
    accounts = new SqlAccountStore(database);
    server =
        HeadwayServer.builder(config(setup))
            .passwords(new QuickHasher())
            .stores(jobs, accounts)
            .application(SpcApplication.installer(database, setup.settings(), null))
            .start();
  }

  private static ServerConfig config(Setup setup) {
    var config = ServerConfig.loopback(0, setup.data());
    var sockets = SocketSettings.DEFAULT;
    var silent =
        new SocketSettings(
            Duration.ZERO,
            sockets.pong(),
            sockets.idle(),
            sockets.maxFrame(),
            sockets.maxMessagesPerSecond(),
            setup.maxBody(),
            sockets.compressFrom());
    return config.withAuth(config.auth().withAnonymous(setup.anonymous())).withSockets(silent);
  }

  /** An answer. */
  record Answer(int status, JsonNode body) {
    Answer expect(int expected) {
      assertThat(status).as(body.toString()).isEqualTo(expected);
      return this;
    }

    long id(String name) {
      return body.get(name).asLong();
    }

    String text() {
      return body.toString();
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return call("GET", path, null, null);
  }

  /** The answer of a path as text. */
  String text(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(server.url() + path)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return call("POST", path, null, body);
  }

  Answer call(String method, String path, @Nullable String token, @Nullable String body)
      throws IOException, InterruptedException {
    return call(method, path, token, body, "application/json");
  }

  Answer call(
      String method, String path, @Nullable String token, @Nullable String body, String type)
      throws IOException, InterruptedException {
    var headers = new HashMap<String, String>();
    if (body != null) {
      headers.put("Content-Type", type);
    }
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
    return send(method, path, body, headers);
  }

  /** The answer to a request with these headers. */
  Answer send(String method, String path, @Nullable String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    var answer = http.send(request.build(), BodyHandlers.ofByteArray());
    hold(method, path, answer);
    var bytes = answer.body();
    return new Answer(
        answer.statusCode(),
        isJson(answer)
            ? JsonCodec.mapper().readTree(bytes)
            : JsonCodec.mapper().createObjectNode());
  }

  private static boolean isJson(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("content-type").orElse("").contains("json");
  }

  /** Every answer is as the document says. */
  private static void hold(String method, String path, HttpResponse<byte[]> answer) {
    var plain = path.replaceFirst("\\?.*", "");
    var operation =
        DOCUMENT.operations().values().stream()
            .filter(candidate -> candidate.method().equals(method))
            .filter(candidate -> fits(candidate.template(), plain))
            .min(Comparator.comparing(candidate -> candidate.template().contains("{")));
    if (operation.isEmpty() || !plain.startsWith("/api/v1/")) {
      return;
    }
    var headers =
        answer.headers().map().entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> properCase(entry.getKey()), entry -> entry.getValue().getFirst()));
    var type = answer.headers().firstValue("content-type").orElse("");
    var whole = new Response.Whole(answer.statusCode(), headers, type, answer.body());
    assertThat(CONFORMANCE.defects(operation.get().id(), whole)).as(method + " " + path).isEmpty();
  }

  private static String properCase(String name) {
    return name.equalsIgnoreCase("location") ? "Location" : name;
  }

  private static boolean fits(String template, String path) {
    return path.matches(template.replaceAll("\\{[^}]+\\}", "[^/]+"));
  }

  /** Makes a characteristic of individual values; returns its id. */
  long characteristic(String name) throws IOException, InterruptedException {
    return post("/api/v1/characteristics", "{\"name\":\"%s\"}".formatted(name))
        .expect(201)
        .id("id");
  }

  /** Makes a characteristic with centre 10 and sigma 1. */
  long limited(String name) throws IOException, InterruptedException {
    var id = characteristic(name);
    call(
            "PUT",
            "/api/v1/characteristics/%d/limits".formatted(id),
            null,
            "{\"lcl\":7,\"center_line\":10,\"ucl\":13}")
        .expect(200);
    return id;
  }

  Answer sample(long characteristic, double... measurements)
      throws IOException, InterruptedException {
    return post("/api/v1/samples", sampleJson(characteristic, measurements));
  }

  static String sampleJson(long characteristic, double... measurements) {
    var numbers =
        DoubleStream.of(measurements).mapToObj(String::valueOf).collect(Collectors.joining(","));
    return "{\"characteristic_id\":%d,\"measurements\":[%s]}".formatted(characteristic, numbers);
  }

  /** A batch of samples of one characteristic. */
  static String batch(long characteristic, int count) {
    return IntStream.range(0, count)
        .mapToObj(at -> sampleJson(characteristic, 10 + at % 3 - 1))
        .collect(Collectors.joining(",", "{\"samples\":[", "]}"));
  }

  /** Waits until a job has ended and returns it. */
  JsonNode ended(String job) throws IOException, InterruptedException {
    try (var watcher = RecordingWatcher.connect(socket("/progress/ws/" + job))) {
      watcher.await(frame -> frame.contains("\"completed\"") || frame.contains("\"failed\""));
    }
    return get("/jobs/" + job).body();
  }

  /** Registers a user with a role and signs in; returns the token. */
  String signIn(String email, Role role) throws IOException, InterruptedException {
    var body =
        JsonCodec.mapper().writeValueAsString(Map.of("email", email, "password", "correct horse"));
    post("/api/v1/auth/register", body).expect(201);
    var user = accounts.userByEmail(email.toLowerCase(Locale.ROOT)).orElseThrow();
    accounts.updateUser(user.withRole(role));
    server.accounts().reload();
    var login =
        JsonCodec.mapper()
            .writeValueAsString(Map.of("username", email, "password", "correct horse"));
    return post("/api/v1/auth/login", login).expect(200).body().get("access_token").asString();
  }

  String socket(String path) {
    return "ws://127.0.0.1:" + server.port() + path;
  }

  RecordingWatcher watch(long... ids) {
    var watcher = RecordingWatcher.connect(socket("/ws"));
    var text = Arrays.toString(ids);
    watcher.send("{\"type\":\"subscribe\",\"characteristic_ids\":%s}".formatted(text));
    watcher.awaitText("\"subscribed\"");
    return watcher;
  }

  static JsonNode json(String text) {
    return JsonCodec.mapper().readTree(text);
  }

  /** Goes without a word: nothing is drained or flushed, as when the process is killed. */
  void kill() {
    database.close();
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
    database.close();
  }
}
