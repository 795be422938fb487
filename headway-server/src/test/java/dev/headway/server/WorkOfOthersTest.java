package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
import dev.headway.server.account.Login;
import dev.headway.server.account.key.ApiKeys.Requested;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose jobs may be claimed with which credentials, and what is left after signing out. */
final class WorkOfOthersTest {
  private static final String CLAIM = "{\"worker_id\":\"w\",\"job_types\":[\"print\"]}";

  @TempDir private Path data = Path.of("");
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void claim_withAKeyThatAUserMade_takesTheUsersOwnJobsAlone() throws Exception {
    var ada = server.signIn("ada@example.org");
    var bob = server.signIn("bob@example.org");
    var job = submit(ada);

    assertThat(claim(key(bob))).isEqualTo(204);
    assertThat(claim(key(ada))).isEqualTo(200);
    var forged = "{\"lease\":\"guessed\",\"result\":1}";
    var complete = "/jobs/" + job + "/complete";
    assertThat(server.call("POST", complete, key(bob), forged).statusCode()).isEqualTo(409);
  }

  @Test
  void claim_withAKeyThatAnAdministratorGave_takesEverybodysJobsOfItsQueues() throws Exception {
    var ada = server.signIn("ada@example.org");
    server.signIn("press@example.org");
    submit(ada);
    var keys = server.server.accounts().apiKeys();
    var elsewhere =
        keys.makeFor("press@example.org", new Requested("k", "worker", Set.of("gpu"), null));
    var here = keys.makeFor("press@example.org", new Requested("k", "worker", Set.of(), null));

    assertThat(claim(elsewhere.key())).isEqualTo(403);
    assertThat(claim(here.key())).isEqualTo(200);
  }

  @Test
  void claim_byAWorkerOfTheInstallation_takesEverybodysJobs() throws Exception {
    submit(server.signIn("ada@example.org"));
    var login = new Login("worker@example.org", "correct horse");
    server.server.accounts().users().add(login, Role.WORKER);
    var token = server.server.accounts().sessions().login(login, "127.0.0.1").accessToken();

    assertThat(claim(token)).isEqualTo(200);
  }

  @Test
  void claim_afterSigningIn_mayStillTakeAnonymousJobs() throws Exception {
    var token = server.signIn("ada@example.org");
    submit(null);

    assertThat(claim(token)).isEqualTo(200);
  }

  @Test
  void claim_anonymously_takesNobodysJobsButAnonymousOnes() throws Exception {
    submit(server.signIn("ada@example.org"));

    assertThat(claim(null)).isEqualTo(204);
    submit(null);
    assertThat(claim(null)).isEqualTo(200);
  }

  @Test
  void longPoll_signedOutMeanwhile_saysNothing() throws Exception {
    var token = server.signIn("ada@example.org");
    var job = server.submit(token);
    var events = server.server.url() + "/api/v1/jobs/" + job + "/events";
    var cursor =
        TestServer.json(server.call("GET", "/api/v1/jobs/" + job + "/events", token, null))
            .get("cursor")
            .asString();
    var request =
        HttpRequest.newBuilder(URI.create(events + "?wait=30&after=" + cursor))
            .header("Authorization", "Bearer " + token)
            .build();
    var answer = server.http.sendAsync(request, BodyHandlers.ofString());
    server.call("POST", "/api/v1/auth/logout", token, null);
    server.work.finish("{\"secret\":1}");

    assertThat(answer.join().body()).doesNotContain("secret");
  }

  private String submit(@Nullable String token) throws Exception {
    var body = "{\"job_type\":\"print\",\"external\":true,\"payload\":{\"secret\":1}}";
    return TestServer.json(server.call("POST", "/jobs", token, body)).get("id").asString();
  }

  private String key(String token) throws Exception {
    var body = "{\"name\":\"k\",\"role\":\"worker\"}";
    return TestServer.json(server.call("POST", "/api/v1/api-keys", token, body))
        .get("key")
        .asString();
  }

  private int claim(@Nullable String token) throws Exception {
    return server.call("POST", "/jobs/claim", token, CLAIM).statusCode();
  }
}
