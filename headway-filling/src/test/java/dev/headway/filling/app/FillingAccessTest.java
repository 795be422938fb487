package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
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
 * Access to every route and both sockets, caller by caller; {@code {id}} is a task of the owner's.
 */
final class FillingAccessTest {
  private static final String COMPARISON =
      FillingServer.THREE_LOTS.replace(
          "\"name\"", "\"strategies\": [\"smart\", \"given\"], \"name\"");

  @TempDir static Path directory;
  private static FillingServer server;
  private static String owner;
  private static String stranger;
  private static String admin;

  @BeforeAll
  static void start() throws IOException {
    server = new FillingServer(directory);
    owner = server.signIn("owner@example.org");
    stranger = server.signIn("stranger@example.org");
    admin = server.signIn("admin@example.org", Role.ADMIN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static long task(String path) {
    var kind = path.contains("compar") ? "comparison" : "schedule";
    var answer =
        kind.equals("schedule")
            ? server.post("/api/v1/schedule", owner, FillingServer.THREE_LOTS)
            : server.post("/api/v1/compare", owner, COMPARISON);
    var id = answer.json().path("id").asLong();
    server.awaitEnd(kind, id, owner);
    return id;
  }

  private static String watchToken(String kind, long id) {
    var body = "{\"topics\": [\"%s:%d\"], \"ttl_seconds\": 60}".formatted(kind, id);
    return server.post("/api/v1/watch-tokens", owner, body).json().path("token").asString();
  }

  @ParameterizedTest
  @CsvSource({
    // method, path, owner, admin, stranger, without a token, watch token
    "GET,    /api/v1/schedule/{id},                   200, 200, 404, 404, 200",
    "GET,    /api/v1/schedule/{id}/export?format=csv, 200, 200, 404, 404, 200",
    "POST,   /api/v1/schedule/{id}/cancel,            409, 409, 404, 404, 403",
    "DELETE, /api/v1/schedule/{id},                   200, 200, 404, 404, 403",
    "GET,    /api/v1/schedule/4711,                   404, 404, 404, 404, 404",
    "GET,    /api/v1/schedules,                       200, 200, 200, 200, 403",
    "GET,    /api/v1/compare/{id},                    200, 200, 404, 404, 200",
    "POST,   /api/v1/compare/{id}/cancel,             409, 409, 404, 404, 403",
    "DELETE, /api/v1/compare/{id},                    200, 200, 404, 404, 403",
    "GET,    /api/v1/compare/4711,                    404, 404, 404, 404, 404",
    "GET,    /api/v1/comparisons,                     200, 200, 200, 200, 403",
    "GET,    /api/v1/strategies,                      200, 200, 200, 200, 200"
  })
  void route_everyCaller_getsWhatIsTheirs(
      String method,
      String path,
      int forOwner,
      int forAdmin,
      int forStranger,
      int forAnonymous,
      int forWatcher) {
    var id = task(path);
    var watcher = watchToken(path.contains("compar") ? "comparison" : "schedule", id);
    var target = path.replace("{id}", Long.toString(id));
    assertThat(status(method, target, watcher)).isEqualTo(forWatcher);
    assertThat(status(method, target, null)).isEqualTo(forAnonymous);
    assertThat(status(method, target, stranger)).isEqualTo(forStranger);
    assertThat(status(method, target, "nonsense"))
        .isEqualTo(path.endsWith("strategies") ? 200 : 401);
    if (method.equals("DELETE")) {
      var other = path.replace("{id}", Long.toString(task(path)));
      assertThat(status(method, other, admin)).isEqualTo(forAdmin);
    } else {
      assertThat(status(method, target, admin)).isEqualTo(forAdmin);
    }
    assertThat(status(method, target, owner)).isEqualTo(forOwner);
  }

  private static int status(String method, String path, @Nullable String token) {
    return server.call(method, path, token, null).status();
  }

  @ParameterizedTest
  @CsvSource({"schedule, /api/v1/schedule", "comparison, /api/v1/compare"})
  void socket_everyCaller_watchesWhatIsTheirs(String kind, String path) {
    var id = task(path);
    var other = task(path);
    assertThat(close(kind, id, owner)).isEqualTo("1000 Ended");
    assertThat(close(kind, id, admin)).isEqualTo("1000 Ended");
    assertThat(close(kind, id, watchToken(kind, id))).isEqualTo("1000 Ended");
    assertThat(close(kind, other, watchToken(kind, id))).isEqualTo("1008 Unauthorized");
    assertThat(close(kind, id, stranger)).isEqualTo("1008 Unauthorized");
    assertThat(close(kind, 4711, owner)).isEqualTo("1008 Unauthorized");
    assertThat(close(kind, id, null)).isEqualTo("1008 Authentication failed");
  }

  private static String close(String kind, long id, @Nullable String token) {
    try (var watcher = server.watch(kind, id, token)) {
      var closed = watcher.awaitClose();
      return closed.code() + " " + closed.reason();
    }
  }

  @Test
  void stream_everyCaller_watchesWhatIsTheirs() {
    var id = task("/api/v1/schedule");
    for (var token : List.of(owner, admin)) {
      assertThat(watching(token, id)).contains("\"recovered\":false", "\"schedule_id\":" + id);
    }
    assertThat(watching(stranger, id)).contains("\"code\":\"NOT_FOUND\"");
  }

  private static String watching(String token, long id) {
    var uri = "ws://127.0.0.1:%d/api/v1/stream".formatted(server.server().port());
    try (var watcher =
        RecordingWatcher.connectWith("headway.v1", uri, "Authorization", "Bearer " + token)) {
      watcher.send("{\"op\":\"watch\",\"id\":1,\"topics\":[\"schedule:%d\"]}".formatted(id));
      return watcher.awaitText("\"re\":1");
    }
  }

  @Test
  void list_oneUser_seesNothingOfAnothers() {
    task("/api/v1/schedule");
    var mine = server.signIn("new@example.org");
    assertThat(owners(mine)).isEmpty();
    assertThat(owners(owner)).isNotEmpty();
    assertThat(owners(admin)).containsAll(owners(owner));
  }

  /** The numbers of the listed schedules with the name that the owner's have. */
  private static List<Long> owners(String token) {
    var page = server.get("/api/v1/schedules?page_size=100&search=three%20lots", token).json();
    return page.path("schedules").values().stream()
        .map(schedule -> schedule.path("id").asLong())
        .toList();
  }

  @Test
  void anonymousWork_whereItIsServed_isEverybodys() {
    var id = server.submit(null, FillingServer.THREE_LOTS.replace("Three lots", "Anybody's"));
    assertThat(close("schedule", id, null)).isEqualTo("1000 Ended");
    assertThat(status("GET", "/api/v1/schedule/" + id, stranger)).isEqualTo(200);
  }
}
