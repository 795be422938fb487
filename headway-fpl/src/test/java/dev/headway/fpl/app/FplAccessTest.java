package dev.headway.fpl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
import dev.headway.fpl.data.RecordedApi;
import dev.headway.testkit.net.RecordingWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Access to every route and the socket, caller by caller; {@code {id}} is an analysis of the
 * owner's.
 */
final class FplAccessTest {
  @TempDir static Path directory;
  private static FplServer server;
  private static String owner;
  private static String stranger;
  private static String engineer;
  private static String admin;

  @BeforeAll
  static void start() throws IOException {
    server = new FplServer(directory);
    owner = server.signIn("owner@example.org");
    stranger = server.signIn("stranger@example.org");
    engineer = server.signIn("engineer@example.org", FplApplication.ENGINEER);
    admin = server.signIn("admin@example.org", Role.ADMIN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String analysis() {
    var id = server.submit(owner, FplServer.TEAM_ONE);
    server.awaitEnd(id, owner);
    return id;
  }

  private static String watchToken(String id) {
    var body = "{\"topics\": [\"analysis:%s\"], \"ttl_seconds\": 60}".formatted(id);
    return server.post("/api/v1/watch-tokens", owner, body).json().path("token").asString();
  }

  @ParameterizedTest
  @CsvSource({
    // method, path, owner, admin, stranger, without a token, watch token
    "GET,    /api/v1/analyze/{id},        200, 200, 404, 404, 200",
    "POST,   /api/v1/analyze/{id}/cancel, 409, 409, 404, 404, 403",
    "DELETE, /api/v1/analyze/{id},        204, 204, 404, 404, 403",
    "GET,    /api/v1/analyze/0199d1a2-7c00-7000-8000-000000000000, 404, 404, 404, 404, 404",
    "GET,    /api/v1/analyze,             200, 200, 200, 200, 403",
    "POST,   /api/v1/analyze,             202, 202, 202, 202, 403",
    "GET,    /api/v1/analyze/season,      200, 200, 200, 200, 403"
  })
  void route_everyCaller_getsWhatIsTheirs(
      String method,
      String path,
      int forOwner,
      int forAdmin,
      int forStranger,
      int forAnonymous,
      int forWatcher) {
    var id = analysis();
    var target = path.replace("{id}", id);
    assertThat(status(method, target, watchToken(id))).isEqualTo(forWatcher);
    assertThat(status(method, target, null)).isEqualTo(forAnonymous);
    assertThat(status(method, target, stranger)).isEqualTo(forStranger);
    assertThat(status(method, target, "nonsense")).isEqualTo(401);
    var others = method.equals("DELETE") ? path.replace("{id}", analysis()) : target;
    assertThat(status(method, others, admin)).isEqualTo(forAdmin);
    assertThat(status(method, target, owner)).isEqualTo(forOwner);
  }

  private static int status(String method, String path, @Nullable String token) {
    var create = method.equals("POST") && path.endsWith("analyze");
    return server.call(method, path, token, create ? FplServer.TEAM_ONE : null).status();
  }

  @Test
  void upload_everyCaller_isForEngineers() {
    var season = RecordedApi.season().toString();
    assertThat(upload(owner, season)).as("as an anonymous client may here").isEqualTo(400);
    assertThat(upload(watchToken(analysis()), season)).isEqualTo(403);
    assertThat(upload("nonsense", season)).isEqualTo(401);
    // Months old by the server's clock, so refused for that alone.
    assertThat(upload(engineer, season)).isEqualTo(400);
    assertThat(upload(admin, season)).isEqualTo(400);
  }

  @Test
  void link_ofAnAnalysis_showsItUntilItIsEnded() {
    var id = analysis();
    var body = "{\"topic\":\"analysis:%s\"}".formatted(id);
    var link = server.post("/api/v1/links", owner, body).json();
    var token = link.path("token").asString();

    assertThat(link.path("url").asString()).endsWith("/watch#" + token);
    assertThat(status("GET", "/api/v1/analyze/" + id, token)).isEqualTo(200);
    assertThat(status("GET", "/api/v1/analyze/" + analysis(), token)).isEqualTo(404);
    assertThat(server.post("/api/v1/links", stranger, body).status()).isEqualTo(404);
    var address = "/api/v1/links/" + link.path("id").asString();
    assertThat(server.call("DELETE", address, owner, null).status()).isEqualTo(204);
    assertThat(status("GET", "/api/v1/analyze/" + id, token)).isEqualTo(401);
  }

  private static int upload(String token, String season) {
    return server.call("PUT", "/api/v1/analyze/season", token, season).status();
  }

  @Test
  void socket_everyCaller_watchesWhatIsTheirs() {
    var id = analysis();
    var other = analysis();
    assertThat(close(id, owner)).isEqualTo("1000 Completed");
    assertThat(close(id, admin)).isEqualTo("1000 Completed");
    assertThat(close(id, watchToken(id))).isEqualTo("1000 Completed");
    assertThat(close(other, watchToken(id))).isEqualTo("4004 Analysis not found");
    assertThat(close(id, stranger)).isEqualTo("4004 Analysis not found");
    assertThat(close(id, null)).isEqualTo("4004 Analysis not found");
    assertThat(close(id, "nonsense")).isEqualTo("1008 Not authenticated");
  }

  private static String close(String id, @Nullable String token) {
    try (var watcher = server.watch(id, token)) {
      var closed = watcher.awaitClose();
      assertThat(watcher.seen()).isNotEmpty();
      return closed.code() + " " + closed.reason();
    }
  }

  @Test
  void stream_everyCaller_watchesWhatIsTheirs() {
    var id = analysis();
    for (var token : List.of(owner, admin)) {
      assertThat(watching(token, id))
          .contains("\"recovered\":false", "\"analysis_id\":\"" + id + "\"");
    }
    assertThat(watching(stranger, id)).contains("\"code\":\"NOT_FOUND\"");
  }

  private static String watching(String token, String id) {
    var uri = "ws://127.0.0.1:%d/api/v1/stream".formatted(server.server().port());
    try (var watcher =
        RecordingWatcher.connectWith("headway.v1", uri, "Authorization", "Bearer " + token)) {
      watcher.send("{\"op\":\"watch\",\"id\":1,\"topics\":[\"analysis:%s\"]}".formatted(id));
      return watcher.awaitText("\"re\":1");
    }
  }

  @Test
  void list_oneUser_seesNothingOfAnothers() {
    var id = analysis();
    var mine = server.signIn("new@example.org");
    assertThat(listed(mine)).doesNotContain(id);
    assertThat(listed(owner)).contains(id);
    assertThat(listed(admin)).contains(id);
  }

  private static List<String> listed(String token) {
    return server
        .get("/api/v1/analyze?page_size=100", token)
        .json()
        .path("analyses")
        .values()
        .stream()
        .map(analysis -> analysis.path("analysis_id").asString())
        .toList();
  }
}
