package dev.headway.bench.torture;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
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

  Api(Nodes nodes, Verdicts verdicts) {
    this.nodes = nodes;
    this.verdicts = verdicts;
  }

  Answer post(String path, Map<String, ?> body) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(nodes.any().resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  Answer get(String path) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(nodes.any().resolve(path)).header("Accept", "application/json"));
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
