package dev.headway.bench.torture;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Requests to any of the servers. Safe for use by any thread. */
final class Api {
  /**
   * An answer.
   *
   * @param status 0 when there was none
   */
  record Answer(int status, JsonNode body) {
    boolean ok() {
      return status / 100 == 2;
    }
  }

  static final JsonMapper JSON = new JsonMapper();
  static final CBORMapper CBOR = new CBORMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final Answer NONE = new Answer(0, MissingNode.getInstance());

  final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Nodes nodes;
  private final Verdicts verdicts;
  private volatile String token = "";

  Api(Nodes nodes, Verdicts verdicts) {
    this.nodes = nodes;
    this.verdicts = verdicts;
  }

  /** A new user's token, once {@link #signIn} has returned. */
  String token() {
    return token;
  }

  /** Signs a new user in. */
  void signIn() throws InterruptedException {
    var email = "torture-" + UUID.randomUUID() + "@example.com";
    var password = "correct horse";
    post("/api/v1/auth/register", Map.of("email", email, "password", password));
    var login = Map.of("username", email, "password", password);
    while (token.isEmpty()) {
      token = post("/api/v1/auth/login", login).body().path("access_token").asString("");
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /**
   * Makes a request at one server after the other until it is accepted, and returns the body of the
   * answer.
   *
   * @param body asked for each time
   */
  JsonNode accepted(String method, String path, Supplier<Map<String, ?>> body)
      throws InterruptedException {
    while (true) {
      var request = request(method, path, body.get());
      var answer = send(request.header("Authorization", "Bearer " + token));
      if (answer.ok()) {
        return answer.body();
      }
      if (answer.status() / 100 == 4 && answer.status() != 429 && answer.status() != 409) {
        throw new IllegalStateException(path + " was refused: " + answer.body());
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  Answer post(String path, Map<String, ?> body) throws InterruptedException {
    return send(request("POST", path, body));
  }

  private HttpRequest.Builder request(String method, String path, Map<String, ?> body) {
    return HttpRequest.newBuilder(nodes.any().resolve(path))
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  Answer get(String path) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(nodes.any().resolve(path)).header("Accept", "application/json"));
  }

  /** The answer to the user. */
  Answer asUser(String path) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(nodes.any().resolve(path))
            .header("Accept", "application/json")
            .header("Authorization", "Bearer " + token));
  }

  private Answer send(HttpRequest.Builder request) throws InterruptedException {
    try {
      var answer = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      if (answer.statusCode() == 500) {
        verdicts.found(Violation.FAULT, answer.uri().getPath() + ": " + answer.body());
      }
      var body = answer.body();
      return new Answer(
          answer.statusCode(),
          body.startsWith("{") ? JSON.readTree(body) : MissingNode.getInstance());
    } catch (IOException _) { // killed, stopped or cut off, as it should be
      return NONE;
    }
  }

  URI socket(String path) {
    var node = nodes.any();
    return URI.create("ws://127.0.0.1:" + node.getPort() + path);
  }

  URI node(String path) {
    return nodes.any().resolve(path);
  }
}
