package dev.headway.server;

import dev.headway.core.account.Role;
import dev.headway.server.account.Login;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.json.JsonCodec;
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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server in memory with one scripted job type, and a client for it. */
final class TestServer implements AutoCloseable {
  final ScriptedWork work = new ScriptedWork();
  final HeadwayServer server;
  final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> registered = new HashSet<>();

  TestServer(Path data) throws IOException {
    this(data, UnaryOperator.identity());
  }

  TestServer(Path data, UnaryOperator<ServerConfig> change) throws IOException {
    this(data, change, UnaryOperator.identity());
  }

  TestServer(Path data, UnaryOperator<ServerConfig> change, UnaryOperator<ServerBuilder> extended)
      throws IOException {
    var config = change.apply(patient(ServerConfig.loopback(0, data)));
    var builder = HeadwayServer.builder(config).passwords(new QuickHasher()).job(work.type());
    server = extended.apply(builder).start();
  }

  /* Most sockets of these tests answer no pings and say little, however slow the machine is. */
  private static ServerConfig patient(ServerConfig config) {
    var silent = config.sockets().withPing(Duration.ZERO).withIdle(Duration.ofHours(1));
    return config.withSockets(silent);
  }

  static ServerConfig behind(ServerConfig config, TrustedProxies proxies) {
    return config.withListen(config.listen().withTrustedProxies(proxies));
  }

  static ServerConfig closedToAnonymous(ServerConfig config) {
    return config.withAuth(config.auth().withAnonymous(false));
  }

  String submit(@Nullable String token) throws IOException, InterruptedException {
    var answer = call("POST", "/jobs", token, "{\"job_type\":\"scripted\"}");
    return json(answer).get("id").asString();
  }

  /** Adds a user and signs in; returns the token. */
  String signIn(String email) throws IOException, InterruptedException {
    return signIn(email, Role.USER);
  }

  /** Adds a user with a role and signs in; returns the token. */
  String signIn(String email, Role role) throws IOException, InterruptedException {
    if (registered.add(email)) {
      server.accounts().users().add(new Login(email, "correct horse"), role);
    }
    var login =
        JsonCodec.mapper()
            .writeValueAsString(Map.of("username", email, "password", "correct horse"));
    return json(call("POST", "/api/v1/auth/login", null, login)).get("access_token").asString();
  }

  HttpResponse<String> call(
      String method, String path, @Nullable String token, @Nullable String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    for (var at = 0; at + 1 < headers.length; at += 2) {
      request.header(headers[at], headers[at + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JsonCodec.mapper().readTree(answer.body());
  }

  static JsonNode json(String text) {
    return JsonCodec.mapper().readTree(text);
  }

  String socket(String path) {
    return "ws://127.0.0.1:" + server.port() + path;
  }

  RecordingWatcher stream(@Nullable String token) {
    var uri = socket("/api/v1/stream");
    return token == null
        ? RecordingWatcher.connectWith("headway.v1", uri)
        : RecordingWatcher.connectWith("headway.v1", uri, "Authorization", "Bearer " + token);
  }

  RecordingWatcher channel(String job) {
    return RecordingWatcher.connect(socket("/progress/ws/" + job));
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
  }
}
