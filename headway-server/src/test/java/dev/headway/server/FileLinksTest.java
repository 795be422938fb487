package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Links to files, on a server that serves nobody without a token. */
final class FileLinksTest {
  @TempDir static Path data;
  private static TestServer server;
  private static String token;
  private static String job;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer(data, TestServer::closedToAnonymous);
    token = server.signIn("owner@example.org");
    var body = "{\"job_type\":\"render\",\"external\":true}";
    job = TestServer.json(server.call("POST", "/jobs", token, body)).get("id").asString();
    upload("a b.pdf", "content");
    upload("other", "other");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String path(String name) {
    return "/api/v1/jobs/" + job + "/files/" + name.replace(" ", "%20");
  }

  private static void upload(String name, String text) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.server.url() + path(name)))
            .header("Authorization", "Bearer " + token)
            .PUT(BodyPublishers.ofString(text));
    var answer = server.http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static JsonNode link(String name, String body) throws Exception {
    var answer = server.call("POST", path(name) + "/link", token, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.json(answer);
  }

  private static HttpResponse<String> fetch(String url) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).build();
    return server.http.send(request, BodyHandlers.ofString());
  }

  private static String tokenOf(JsonNode link) {
    var url = link.get("url").asString();
    return url.substring(url.indexOf("token=") + 6);
  }

  @Test
  void link_withoutAnAccount_fetchesItsFileAndNothingElse() throws Exception {
    var link = link("a b.pdf", "{\"ttl_seconds\":600}");

    assertThat(fetch(link.get("url").asString()).body()).isEqualTo("content");
    assertThat(Instant.parse(link.get("expires_at").asString()))
        .isBetween(
            Instant.now().plus(Duration.ofSeconds(500)),
            Instant.now().plus(Duration.ofSeconds(600)));
    assertThat(server.call("GET", path("a b.pdf"), null, null).statusCode()).isEqualTo(401);
    var shown = tokenOf(link);
    assertThat(server.call("GET", path("other"), shown, null).statusCode()).isEqualTo(404);
    assertThat(server.call("GET", "/jobs/" + job, shown, null).statusCode()).isEqualTo(404);
    var files = "/jobs/" + job + "/files";
    assertThat(server.call("GET", files, shown, null).statusCode()).isEqualTo(404);
    assertThat(server.call("DELETE", path("a b.pdf"), shown, null).statusCode()).isEqualTo(403);
    var again = server.call("POST", path("a b.pdf") + "/link", shown, "{}");
    assertThat(again.statusCode()).isEqualTo(403);
  }

  @Test
  void link_thatItsUserEnds_fetchesNothingMore() throws Exception {
    var link = link("other", "{}");
    var id = link.get("id").asString();
    assertThat(server.call("GET", "/api/v1/auth/tokens", token, null).body())
        .contains("job:" + job + "/other");

    assertThat(server.call("DELETE", "/api/v1/links/" + id, token, null).statusCode())
        .isEqualTo(204);

    assertThat(fetch(link.get("url").asString()).statusCode()).isEqualTo(401);
  }

  @Test
  void link_toNoFile_isRefused() throws Exception {
    var answer = server.call("POST", path("none") + "/link", token, "{}");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("The file none not found");
  }

  @Test
  void files_ofSomebodyElse_areNotThere() throws Exception {
    var other = server.signIn("other@example.org");
    assertThat(server.call("GET", path("other"), other, null).statusCode()).isEqualTo(404);
    assertThat(server.call("PUT", path("x"), other, null).statusCode()).isEqualTo(404);
    assertThat(server.call("DELETE", path("other"), other, null).statusCode()).isEqualTo(404);
  }
}
