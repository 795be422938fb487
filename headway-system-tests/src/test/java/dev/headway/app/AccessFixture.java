package dev.headway.app;

import dev.headway.app.config.Configuration;
import dev.headway.app.config.Configuration.Origins;
import dev.headway.core.account.Role;
import dev.headway.core.id.RandomIds;
import dev.headway.server.account.token.LocalTokens;
import dev.headway.server.account.token.SigningKey;
import dev.headway.server.account.token.Tokens;
import dev.headway.server.json.JsonCodec;
import dev.headway.testkit.Patience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An installation that serves nobody without an account, its callers by name, and things that
 * belong to the caller {@code owner}.
 */
final class AccessFixture implements AutoCloseable {
  private static final Pattern THING = Pattern.compile("\\{([a-z]+)}");
  private static final String LOGIN = "{\"%s\":\"%s@example.org\",\"password\":\"correct horse\"}";
  private static final String ANALYSIS = "{\"team_id\":1,\"horizon\":1}";
  private static final String LOTS =
      "\"lots_data\":[{\"id\":\"A\",\"type\":\"T\",\"vials\":1000},{\"id\":\"B\",\"type\":\"U\",\"vials\":1000}]";

  private final AtomicInteger names = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Installation installation;
  private final Map<String, @Nullable String> tokens = new HashMap<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final SigningKey key;
  private final Map<String, String> lasting = new HashMap<>();

  AccessFixture(Path data) {
    var flags = Map.of("port", "0", "host", "127.0.0.1", "data", data.toString());
    var environment =
        Map.of(
            "HEADWAY_AUTH_ANONYMOUS", "false",
            "HEADWAY_AUTH_REGISTRATION", "open",
            "HEADWAY_FPL_PLAN_SECONDS", "1",
            "HEADWAY_LOG_LEVEL", "warn");
    installation =
        Installation.start(Configuration.load(new Origins(flags, environment, null)).settings());
    tokens.put("anonymous", null);
    tokens.put("admin", signedIn("admin"));
    for (var name : List.of("owner", "other", "engineer", "disabled")) {
      tokens.put(name, signedIn(name));
      ids.put(name, id(name));
    }
    key = SigningKey.loadOrCreate(data.resolve("signing.key"), new SecureRandom());
    admin("PATCH", "/api/v1/users/" + idOf("engineer"), "{\"role\":\"engineer\"}");
    admin("PATCH", "/api/v1/users/" + idOf("disabled"), "{\"is_active\":false}");
    var workerKey = answered("other", "/api/v1/api-keys", "{\"name\":\"k\",\"role\":\"worker\"}");
    tokens.put("key", workerKey.path("key").asString());
    things();
  }

  /** Things that last, and a token that may watch them. */
  private void things() {
    lasting.put("job", job("kept"));
    lasting.put("second", job("kept"));
    lasting.put("schedule", ended("/api/v1/schedule", "{%s}".formatted(LOTS)));
    lasting.put("comparison", ended("/api/v1/compare", comparison()));
    lasting.put("analysis", ended("/api/v1/analyze", ANALYSIS));
    var characteristic = "{\"name\":\"c\",\"subgroup_size\":1}";
    lasting.put(
        "characteristic",
        answered("engineer", "/api/v1/characteristics", characteristic).path("id").asString());
    watch();
  }

  private void watch() {
    var topics =
        "{\"topics\":[\"job:%s\",\"schedule:%s\",\"comparison:%s\",\"analysis:%s\"]}"
            .formatted(
                lasting.get("job"),
                lasting.get("schedule"),
                lasting.get("comparison"),
                lasting.get("analysis"));
    tokens.put("watch", answered("owner", "/api/v1/watch-tokens", topics).path("token").asString());
  }

  private static String comparison() {
    return "{%s,\"strategies\":[\"spt-pack\",\"lpt-pack\"]}".formatted(LOTS);
  }

  /** Gives a caller a token in place of one that has been ended. */
  void signInAgain(String caller) {
    if (!caller.equals("watch")) {
      tokens.put(caller, token(caller));
    }
    watch(); // the owner's tokens may have ended
  }

  private String signedIn(String name) {
    post("/api/v1/auth/register", LOGIN.formatted("email", name));
    return token(name);
  }

  private String token(String name) {
    return JsonCodec.mapper()
        .readTree(post("/api/v1/auth/login", LOGIN.formatted("username", name)).body())
        .path("access_token")
        .asString();
  }

  private HttpResponse<String> post(String path, String json) {
    return call("POST", path, "anonymous", json);
  }

  private void admin(String method, String path, String json) {
    call(method, path, "admin", json);
  }

  private long id(String name) {
    var answer = send("GET", "/api/v1/auth/me", tokens.get(name), "");
    return JsonCodec.mapper().readTree(answer.body()).path("id").asLong();
  }

  private long idOf(String name) {
    return Objects.requireNonNull(ids.get(name));
  }

  /** The token that a caller shows; null for none. Those that are refused are new each time. */
  private @Nullable String shown(String caller) {
    return switch (caller) {
      case "expired" -> issued("owner", Duration.ofHours(1));
      case "revoked" -> revoked();
      case "disabled" -> issued("disabled", Duration.ZERO);
      default -> tokens.get(caller);
    };
  }

  /** Signs with the installation's key, by a clock that is behind. */
  private String issued(String user, Duration behind) {
    var clock = InstantSource.fixed(Instant.now().minus(behind));
    var contents = LocalTokens.Contents.of(idOf(user), user + "@example.org", Role.USER);
    return new Tokens(key, null, clock, new RandomIds(clock, new SecureRandom()))
        .issue(contents, Duration.ofMinutes(1))
        .text();
  }

  private String revoked() {
    var token = issued("owner", Duration.ZERO);
    send("POST", "/api/v1/auth/logout", token, "");
    return token;
  }

  private JsonNode answered(String caller, String path, String json) {
    var answer = call("POST", path, caller, json);
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + answer.body());
    }
    return JsonCodec.mapper().readTree(answer.body());
  }

  /** A job of the owner in a queue from which only tests of claims take. */
  private String job(String queue) {
    var json = "{\"job_type\":\"x\",\"external\":true,\"queue\":\"%s\"}".formatted(queue);
    return answered("owner", "/api/v1/jobs", json).path("id").asString();
  }

  private String ended(String path, String json) {
    var accepted = answered("owner", path, json);
    var id = accepted.path(accepted.has("analysis_id") ? "analysis_id" : "id").asString();
    Awaitility.await()
        .atMost(Patience.LONG)
        .until(() -> call("GET", path + "/" + id, "owner", "").body().contains("\"completed\""));
    return id;
  }

  /** The text with the names of things in braces replaced by things that are there. */
  String filled(String text, String caller) {
    return THING.matcher(text).replaceAll(name -> thing(name.group(1), caller));
  }

  private String thing(String name, String caller) {
    var kept = lasting.get(name);
    if (kept != null) {
      return kept;
    }
    return name.equals("own") ? own(caller) : made(name);
  }

  /** A job of the caller; the owner's for a caller who can have none. */
  private String own(String caller) {
    var json = "{\"job_type\":\"x\",\"external\":true,\"queue\":\"fresh\"}";
    var answer = call("POST", "/api/v1/jobs", caller, json);
    return answer.statusCode() == 202
        ? JsonCodec.mapper().readTree(answer.body()).path("id").asString()
        : thing("job", caller);
  }

  /** A thing for one call, which may use it up. */
  private String made(String name) {
    return switch (name) {
      case "freshjob" -> job("fresh");
      case "endedjob" -> endedJob();
      case "freshkey" ->
          answered("owner", "/api/v1/api-keys", "{\"name\":\"k\"}").path("id").asString();
      case "freshtoken" ->
          answered(
                  "owner",
                  "/api/v1/watch-tokens",
                  "{\"topics\":[\"user:%d\"]}".formatted(idOf("owner")))
              .path("id")
              .asString();
      case "freshlink" ->
          answered("owner", "/api/v1/links", "{\"topic\":\"job:%s\"}".formatted(job("fresh")))
              .path("id")
              .asString();
      case "freshrule" ->
          answered(
                  "owner",
                  "/api/v1/notification-rules",
                  "{\"callback_url\":\"https://example.org/told\"}")
              .path("id")
              .asString();
      case "freshname" -> "n" + names.incrementAndGet();
      case "freshfile" -> freshFile();
      case "freshuser" -> freshUser();
      case "freshschedule" -> ended("/api/v1/schedule", "{%s}".formatted(LOTS));
      case "freshcomparison" -> ended("/api/v1/compare", comparison());
      default -> throw new IllegalArgumentException(name);
    };
  }

  private String freshFile() {
    var name = "f" + names.incrementAndGet();
    call("PUT", "/api/v1/jobs/" + thing("job", "owner") + "/files/" + name, "owner", "");
    return name;
  }

  private String endedJob() {
    var id = job("fresh");
    call("POST", "/api/v1/jobs/" + id + "/cancel", "owner", "{}");
    return id;
  }

  private String freshUser() {
    var wanted =
        "{\"email\":\"u%d@example.org\",\"password\":\"correct horse\"}"
            .formatted(names.incrementAndGet());
    return answered("admin", "/api/v1/users", wanted).path("id").asString();
  }

  HttpResponse<String> call(String method, String path, String caller, String body) {
    return send(method, path, shown(caller), body);
  }

  private HttpResponse<String> send(
      String method, String path, @Nullable String token, String body) {
    var sent = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    var request =
        HttpRequest.newBuilder(URI.create(base() + path))
            .timeout(Patience.LONG)
            .method(method, sent);
    if (!body.isEmpty()) {
      request.header("Content-Type", body.startsWith("{") ? "application/json" : "text/csv");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
  }

  /**
   * The outcome of a socket: the judgement of the first frame that is judged, or the code with
   * which it is closed, or the status with which the handshake is refused.
   *
   * @param messages sent at once, one after the other
   * @param judge null for a frame that says nothing
   */
  String socket(
      String path, String caller, List<String> messages, Function<String, @Nullable String> judge) {
    var outcome = new CompletableFuture<String>();
    var builder = http.newWebSocketBuilder();
    var token = shown(caller);
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    var uri = URI.create(base().replaceFirst("http", "ws") + path);
    try {
      var socket = builder.buildAsync(uri, new Judge(judge, outcome)).join();
      for (var message : messages) {
        socket.sendText(message, true).exceptionally(_ -> socket).join();
      }
      var found = outcome.orTimeout(Patience.LONG.toSeconds(), TimeUnit.SECONDS).join();
      socket.abort();
      return found;
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof WebSocketHandshakeException refused) {
        return Integer.toString(refused.getResponse().statusCode());
      }
      throw failed;
    }
  }

  private record Judge(Function<String, @Nullable String> judge, CompletableFuture<String> outcome)
      implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      var found = judge.apply(data.toString());
      if (found != null) {
        outcome.complete(found);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      outcome.complete(Integer.toString(code));
      return null;
    }
  }

  private String base() {
    return installation.url().replace("localhost", "127.0.0.1");
  }

  @Override
  public void close() {
    http.shutdownNow();
    installation.close();
  }
}
