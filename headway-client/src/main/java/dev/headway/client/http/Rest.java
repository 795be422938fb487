package dev.headway.client.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Calls the server. Every call blocks its thread and throws a {@link ClientException} when it came
 * to nothing. A token that is about to end is renewed first. Thread-safe.
 */
public final class Rest {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
  private static final String REFRESH = "/api/v1/auth/refresh";
  private static final Duration UPLOADED_WITHIN = Duration.ofMinutes(15);
  private static final String JSON = "application/json";

  private final HttpClient http;
  private final URI origin;
  private final Tokens tokens;
  private final InstantSource clock;
  private final Consumer<String> renewed;
  private final ReentrantLock renewal = new ReentrantLock();

  /**
   * @param origin the server's address without a path, for example {@code http://localhost:8000}
   * @param clock decides when a token is renewed
   * @param renewed is told each token that the server gave in exchange for an older one
   */
  public Rest(
      HttpClient http, URI origin, Tokens tokens, InstantSource clock, Consumer<String> renewed) {
    this.http = http;
    this.origin = origin;
    this.tokens = tokens;
    this.clock = clock;
    this.renewed = renewed;
  }

  /** An absolute address on the server. */
  public URI uri(String path) {
    return origin.resolve(path);
  }

  /** GET. */
  public JsonNode get(String path) {
    return get(path, ANSWER_WITHIN);
  }

  /**
   * GET with a deadline of its own.
   *
   * @param within the time that the answer may take
   */
  public JsonNode get(String path, Duration within) {
    return json(send(request(path, within).GET().build()));
  }

  /** POST with a JSON body. */
  public JsonNode post(String path, Object body) {
    return post(path, body, Duration.ZERO);
  }

  /**
   * POST to which the server may take its time to answer.
   *
   * @param wait how long the server was asked to wait, on top of the usual time for an answer
   */
  public JsonNode post(String path, Object body, Duration wait) {
    var content = body instanceof String text ? text : Json.write(body);
    return post(path, JSON, BodyPublishers.ofString(content), ANSWER_WITHIN.plus(wait));
  }

  /** POST with a form of files and fields. */
  public JsonNode post(String path, Multipart form) {
    return post(
        path,
        form.contentType(),
        BodyPublishers.ofByteArray(form.bytes()),
        ANSWER_WITHIN.multipliedBy(3));
  }

  /** PUT with a JSON body. */
  public JsonNode put(String path, Object body) {
    var content = BodyPublishers.ofString(Json.write(body));
    return json(
        send(request(path, ANSWER_WITHIN).header("Content-Type", JSON).PUT(content).build()));
  }

  /**
   * PUT of a file, which is read while it is sent.
   *
   * @param lease of the job that the file is for
   * @throws FileNotFoundException when there is no such file
   */
  public JsonNode put(String path, Path file, String lease) throws FileNotFoundException {
    var request =
        request(path, UPLOADED_WITHIN)
            .header("Content-Type", "application/octet-stream")
            .header("Headway-Lease", lease)
            .PUT(BodyPublishers.ofFile(file));
    return json(send(request.build()));
  }

  /** GET of a file, which is written while it is received. */
  public void download(String path, Path target) {
    var request = request(path, UPLOADED_WITHIN).setHeader("Accept", "*/*").GET().build();
    var response =
        exchange(
            request,
            head ->
                head.statusCode() < 400
                    ? BodySubscribers.mapping(BodySubscribers.ofFile(target), stored -> "")
                    : BodySubscribers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() >= 400) {
      throw refusal(response.statusCode(), response.body());
    }
  }

  /** PATCH with a JSON body. */
  public JsonNode patch(String path, Object body) {
    var content = BodyPublishers.ofString(Json.write(body));
    var request = request(path, ANSWER_WITHIN).header("Content-Type", JSON);
    return json(send(request.method("PATCH", content).build()));
  }

  /** DELETE. */
  public void delete(String path) {
    send(request(path, ANSWER_WITHIN).DELETE().build());
  }

  private JsonNode post(String path, String type, BodyPublisher body, Duration within) {
    return json(send(request(path, within).header("Content-Type", type).POST(body).build()));
  }

  /** Opens a stream of lines, which the caller reads and closes; empty when nothing follows. */
  public Stream<String> lines(String path, String accept, @Nullable String lastEventId) {
    // Only the headers are awaited: the body goes on for as long as the topic does.
    var request = request(path, ANSWER_WITHIN).setHeader("Accept", accept).GET();
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    var response = exchange(request.build(), BodyHandlers.ofLines());
    if (response.statusCode() >= 400) {
      try (var lines = response.body()) {
        throw refusal(response.statusCode(), String.join("\n", lines.limit(100).toList()));
      }
    }
    return response.body();
  }

  /** The token to use now, renewed if it is about to end; null for an anonymous client. */
  public @Nullable String token() {
    var token = tokens.present();
    if (token == null || !due(token)) {
      return token;
    }
    renewal.lock();
    try {
      var present = tokens.present();
      return present != null && due(present) ? renew(present) : present;
    } finally {
      renewal.unlock();
    }
  }

  private boolean due(String token) {
    var now = clock.instant();
    return Tokens.renewalTime(token).filter(time -> !now.isBefore(time)).isPresent()
        && Tokens.expiry(token).filter(now::isBefore).isPresent();
  }

  private String renew(String token) {
    var request =
        HttpRequest.newBuilder(uri(REFRESH))
            .timeout(ANSWER_WITHIN)
            .header("Accept", JSON)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.noBody())
            .build();
    try {
      var fresh = json(send(request)).path("access_token").asString("");
      if (!fresh.isEmpty()) {
        tokens.replace(fresh);
        renewed.accept(fresh);
        return fresh;
      }
    } catch (ClientException ignored) {
      // The old token still holds for a while; the call it is for says if it does not.
    }
    return token;
  }

  private HttpRequest.Builder request(String path, Duration within) {
    var builder = HttpRequest.newBuilder(uri(path)).timeout(within).header("Accept", JSON);
    var token = token();
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder;
  }

  private HttpResponse<String> send(HttpRequest request) {
    var response = exchange(request, BodyHandlers.ofString());
    if (response.statusCode() >= 400) {
      throw refusal(response.statusCode(), response.body());
    }
    return response;
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new UnreachableException(request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(request.uri(), e);
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    return response.body().isEmpty() ? Json.object() : Json.parse(response.body());
  }

  private static ApiException refusal(int status, String body) {
    var problem = problem(status, body);
    return problem.code().equals("LEASE_LOST")
        ? new LeaseLostException(status, problem)
        : new ApiException(status, problem);
  }

  private static Problem problem(int status, String body) {
    try {
      var tree = Json.parse(body);
      if (tree.isObject()) {
        return Json.convert(tree, Problem.class);
      }
    } catch (ProtocolException ignored) {
      // Not ours: a proxy's page.
    }
    return new Problem("The server answered " + status, "", List.of(), null);
  }
}
