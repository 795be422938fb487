package dev.headway.filling.app;

import dev.headway.core.account.Role;
import dev.headway.filling.strategy.Heuristics;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.Strategy;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.server.account.Login;
import dev.headway.server.json.JsonCodec;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A real server with the filling application, and clients for it. */
final class FillingServer implements AutoCloseable {
  private static final String BOUNDARY = "----headway-test";

  static final String THREE_LOTS =
      """
      {"name": "Three lots", "lots_data": [
        {"lot_id": "A1", "lot_type": "alpha", "vials": 199200},
        {"lot_id": "B1", "lot_type": "beta", "vials": 398400},
        {"lot_id": "A2", "lot_type": "alpha", "vials": 597600}],
       "start_time": "2026-11-21T06:00:00Z"}
      """;

  private static final String PASSWORD = "correct horse";

  /** The settings that a test may change. */
  record Setup(
      DatabaseConfig database,
      ServerConfig server,
      Map<Strategy, Planner> planners,
      Duration heartbeat) {
    static Setup in(Path directory) {
      return new Setup(
          new DatabaseConfig.Sqlite(directory.resolve("headway.db")),
          ServerConfig.loopback(0, directory),
          Heuristics.all(),
          Duration.ofSeconds(30));
    }

    /** Plans one strategy otherwise. */
    Setup with(Strategy strategy, Planner planner) {
      var all = new EnumMap<>(planners);
      all.put(strategy, planner);
      return new Setup(database, server, all, heartbeat);
    }

    Setup with(DatabaseConfig other) {
      return new Setup(other, server, planners, heartbeat);
    }

    Setup with(ServerConfig other) {
      return new Setup(database, other, planners, heartbeat);
    }

    Setup withHeartbeat(Duration interval) {
      return new Setup(database, server, planners, interval);
    }
  }

  private final Database database;
  private final HeadwayServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  FillingServer(Path directory) throws IOException {
    this(Setup.in(directory));
  }

  FillingServer(Setup setup) throws IOException {
    database = Database.open(setup.database());
    database.migrate(Schema.CORE, FillingApplication.SCHEMA);
    var config = new FillingConfig(setup.planners(), 2, setup.heartbeat());
    server =
        HeadwayServer.builder(setup.server())
            .passwords(new QuickHasher())
            .stores(new SqlJobStore(database), new SqlAccountStore(database))
            .application(FillingApplication.installer(database, config))
            .start();
  }

  HeadwayServer server() {
    return server;
  }

  Database database() {
    return database;
  }

  /** An answer with its body as JSON. */
  record Answer(int status, HttpResponse<String> response) {
    JsonNode json() {
      return JsonCodec.mapper().readTree(response.body());
    }

    @Override
    public String toString() {
      return status + " " + response.body();
    }
  }

  /** Makes an account and signs in; returns the token. */
  String signIn(String email) {
    return signIn(email, Role.USER);
  }

  String signIn(String email, Role role) {
    var login = new Login(email, PASSWORD);
    server.accounts().users().add(login, role);
    return server.accounts().sessions().login(login, "127.0.0.1").accessToken();
  }

  Answer get(String path, @Nullable String token) {
    return call("GET", path, token, null);
  }

  Answer post(String path, @Nullable String token, String json) {
    return call("POST", path, token, json);
  }

  Answer call(String method, String path, @Nullable String token, @Nullable String json) {
    var body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
    var request = request(path, token).method(method, body);
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    return send(request);
  }

  /** Sends a CSV file in a form, with other fields as names and values in turn. */
  Answer upload(String path, String token, byte[] file, String... fields) {
    var form = new MultipartForm(BOUNDARY).file("csv_file", "lots.csv", file);
    for (var at = 0; at + 1 < fields.length; at += 2) {
      form.field(fields[at], fields[at + 1]);
    }
    return upload(path, token, form);
  }

  /** Sends a CSV file whose client gives it a name. */
  Answer uploadNamed(String fileName, String path, String token, byte[] file) {
    return upload(path, token, new MultipartForm(BOUNDARY).file("csv_file", fileName, file));
  }

  private Answer upload(String path, String token, MultipartForm form) {
    return send(
        request(path, token)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(form.bytes())));
  }

  byte[] download(String path, String token) throws IOException, InterruptedException {
    return http.send(request(path, token).build(), BodyHandlers.ofByteArray()).body();
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    var request = HttpRequest.newBuilder(URI.create(server.url() + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** Submits a schedule and returns its number. */
  long submit(@Nullable String token, String json) {
    var answer = post("/api/v1/schedule", token, json);
    if (answer.status() != 202) {
      throw new AssertionError(answer.toString());
    }
    return answer.json().path("id").asLong();
  }

  /** Watches as the contract's clients do: the token in the query. */
  RecordingWatcher watch(String kind, long id, @Nullable String token) {
    var query = token == null ? "" : "?token=" + token;
    return RecordingWatcher.connect(
        "ws://127.0.0.1:%d/ws/%s/%d%s".formatted(server.port(), kind, id, query));
  }

  /** Watches a task to its end and returns the last frame. */
  JsonNode awaitEnd(String kind, long id, String token) {
    try (var watcher = watch(kind, id, token)) {
      var close = watcher.awaitClose();
      if (close.code() != 1000) {
        throw new AssertionError(close.toString());
      }
      return JsonCodec.mapper().readTree(watcher.seen().getLast());
    }
  }

  /** Leaves without waiting for anything that runs. */
  @Override
  public void close() {
    http.shutdownNow();
    server.close();
    database.close();
  }
}
