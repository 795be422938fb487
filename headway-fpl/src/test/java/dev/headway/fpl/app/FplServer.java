package dev.headway.fpl.app;

import dev.headway.core.account.Role;
import dev.headway.fpl.advice.AnalysisLimits;
import dev.headway.fpl.plan.PlanSolver;
import dev.headway.fpl.plan.search.KeepingSolver;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A real server with the application, and clients for it. */
final class FplServer implements AutoCloseable {
  static final String TEAM_ONE = "{\"team_id\": 1, \"horizon\": 2}";

  /* Of a machine that has much else to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String PASSWORD = "correct horse";

  /** The settings that a test may change. */
  record Setup(
      DatabaseConfig database,
      ServerConfig server,
      SourceSetting source,
      PlanSolver solver,
      Duration heartbeat) {
    static Setup in(Path directory) {
      return new Setup(
          new DatabaseConfig.Sqlite(directory.resolve("headway.db")),
          ServerConfig.loopback(0, directory),
          new SourceSetting.Sample(),
          new KeepingSolver(),
          Duration.ofSeconds(30));
    }

    Setup with(PlanSolver other) {
      return new Setup(database, server, source, other, heartbeat);
    }

    Setup with(SourceSetting other) {
      return new Setup(database, server, other, solver, heartbeat);
    }

    Setup with(DatabaseConfig other) {
      return new Setup(other, server, source, solver, heartbeat);
    }

    Setup with(ServerConfig other) {
      return new Setup(database, other, source, solver, heartbeat);
    }

    Setup withHeartbeat(Duration interval) {
      return new Setup(database, server, source, solver, interval);
    }
  }

  private final Database database;
  private final HeadwayServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  FplServer(Path directory) throws IOException {
    this(Setup.in(directory));
  }

  FplServer(Setup setup) throws IOException {
    database = Database.open(setup.database());
    database.migrate(Schema.CORE, FplApplication.SCHEMA);
    var config =
        new FplConfig(setup.source(), setup.solver(), AnalysisLimits.DEFAULT, setup.heartbeat());
    server =
        HeadwayServer.builder(setup.server())
            .passwords(new QuickHasher())
            .stores(new SqlJobStore(database), new SqlAccountStore(database))
            .application(FplApplication.installer(database, config))
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
    var request = HttpRequest.newBuilder(URI.create(server.url() + path)).method(method, body);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    return send(request);
  }

  /** The events of a topic as lines, until it ends. */
  String lines(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Accept", "application/x-ndjson")
            .timeout(PATIENCE);
    return send(request).response().body();
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

  /** Asks for an analysis and returns its id. */
  String submit(@Nullable String token, String json) {
    var answer = post("/api/v1/analyze", token, json);
    if (answer.status() != 202) {
      throw new AssertionError(answer.toString());
    }
    return answer.json().path("analysis_id").asString();
  }

  /** Watches as the contract's clients do: the token, if any, in the query. */
  RecordingWatcher watch(String id, @Nullable String token) {
    var query = token == null ? "" : "?token=" + token;
    return RecordingWatcher.connect(
        "ws://127.0.0.1:%d/api/v1/analyze/%s/stream%s".formatted(server.port(), id, query));
  }

  /** Watches an analysis to its end and returns the last frame. */
  JsonNode awaitEnd(String id, @Nullable String token) {
    try (var watcher = watch(id, token)) {
      var end = watcher.awaitWithin(PATIENCE, FplServer::last);
      watcher.awaitClose();
      return JsonCodec.mapper().readTree(end);
    }
  }

  private static boolean last(String frame) {
    return !frame.contains("\"type\":\"progress\"") && !frame.contains("\"type\":\"heartbeat\"");
  }

  /** Asks, waits and returns the analysis as REST shows it. */
  JsonNode analysed(@Nullable String token, String json) {
    var id = submit(token, json);
    awaitEnd(id, token);
    return get("/api/v1/analyze/" + id, token).json();
  }

  /** Leaves without waiting for anything that runs. */
  @Override
  public void close() {
    http.shutdownNow();
    server.close();
    database.close();
  }
}
