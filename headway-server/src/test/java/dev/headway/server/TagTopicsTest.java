package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Jobs watched by their tag. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TagTopicsTest {
  private TestServer server;
  private String ada;
  private String bob;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    server = new TestServer(data, TestServer::closedToAnonymous);
    ada = server.signIn("ada@example.org");
    bob = server.signIn("bob@example.org");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String submit(String token, String tag) throws Exception {
    var body = "{\"job_type\":\"a\",\"external\":true,\"tags\":[\"%s\"]}".formatted(tag);
    var answer = server.call("POST", "/jobs", token, body);
    return TestServer.json(answer).get("id").asString();
  }

  private static String watch(String topic) {
    return "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"%s\"}]}".formatted(topic);
  }

  @Test
  void tag_watched_showsOnesOwnJobsWithItAndWhatHappensToThem() throws Exception {
    var before = submit(ada, "nightly");
    var others = submit(bob, "nightly");
    try (var watcher = server.stream(ada)) {
      watcher.send(watch("tag:nightly"));
      assertThat(watcher.awaitText("snapshot")).contains(before).doesNotContain(others);
      submit(bob, "nightly");
      submit(ada, "weekly");
      var after = submit(ada, "nightly");

      var event = TestServer.json(watcher.awaitText("\"type\":\"queued\""));

      assertThat(event.get("topic").asString()).isEqualTo("tag:nightly");
      assertThat(event.at("/data/topic").asString()).isEqualTo("job:" + after);
    }
  }

  @Test
  void tag_byAnAdministrator_showsEverybodysJobs() throws Exception {
    var root = server.signIn("root@example.org", Role.ADMIN);
    var first = submit(ada, "shared");
    var second = submit(bob, "shared");

    assertThat(snapshot("shared", root)).contains(first, second);
    assertThat(snapshot("shared", ada)).contains(first).doesNotContain(second);
  }

  @Test
  void tag_withAWatchToken_isThatOfItsIssuer() throws Exception {
    var own = submit(ada, "public");
    var others = submit(bob, "public");
    var issued = server.call("POST", "/api/v1/watch-tokens", ada, "{\"topics\":[\"tag:public\"]}");
    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
    var token = TestServer.json(issued).get("token").asString();

    assertThat(snapshot("public", token)).contains(own).doesNotContain(others);
    assertThat(events("secret", token).statusCode()).isEqualTo(404);
    assertThat(events("public", null).statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> events(String tag, @Nullable String token) throws Exception {
    var path = "/api/v1/topics/tag:%s/events".formatted(tag);
    return server.call("GET", path, token, null, "Accept", "application/json");
  }

  private String snapshot(String tag, String token) throws Exception {
    var answer = events(tag, token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
