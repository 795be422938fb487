package dev.headway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.headway.server.mail.MailSettings;
import dev.headway.server.mail.Mailer;
import dev.headway.server.webhook.WebhookSettings;
import dev.headway.testkit.Patience;
import dev.headway.testkit.QuickHasher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Rules by which users are told of jobs, with a web server and a mail server that receive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NotificationRulesTest {
  private static final String RULES = "/api/v1/notification-rules";

  /** Notifications by the path of their address, which is a user's name. */
  private final Map<String, BlockingQueue<JsonNode>> received = new ConcurrentHashMap<>();

  private final HttpClient http = HttpClient.newHttpClient();
  private final GreenMail inbox =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private HttpServer receiver;
  private HeadwayServer server;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    inbox.start();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          of(exchange.getRequestURI().getPath().substring(1)).add(TestServer.json(body));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    var mail =
        new MailSettings(
            "127.0.0.1",
            inbox.getSmtp().getPort(),
            false,
            "headway@example.org",
            "",
            "",
            "example.org");
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, data))
            .passwords(new QuickHasher())
            .webhooks(new WebhookSettings(true, "a secret that both know"))
            .mail(new Mailer(mail))
            .start();
  }

  @AfterAll
  void stop() {
    server.close();
    receiver.stop(0);
    inbox.stop();
    http.shutdownNow();
  }

  /** A user who has just signed in. */
  private String signedIn(String name) throws Exception {
    var login = "{\"%s\":\"%s@example.org\",\"password\":\"a horse at the battery\"}";
    send("POST", "/api/v1/auth/register", null, login.formatted("email", name));
    var answer = send("POST", "/api/v1/auth/login", null, login.formatted("username", name));
    return TestServer.json(answer.body()).path("access_token").asString();
  }

  private HttpResponse<String> send(String method, String path, @Nullable String token, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .timeout(Patience.LONG)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private BlockingQueue<JsonNode> of(String name) {
    return received.computeIfAbsent(name, _ -> new LinkedBlockingQueue<>());
  }

  private String rule(String name, String token, String more) throws Exception {
    var hook = "http://127.0.0.1:%d/%s".formatted(receiver.getAddress().getPort(), name);
    var body = "{\"callback_url\":\"%s\"%s}".formatted(hook, more);
    var answer = send("POST", RULES, token, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.json(answer.body()).path("id").asString();
  }

  /** A running job of the caller's own. */
  private JsonNode started(String token, String more) throws Exception {
    var body = "{\"job_type\":\"import\",\"start\":true%s}".formatted(more);
    var answer = send("POST", "/api/v1/jobs", token, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return TestServer.json(answer.body());
  }

  private void end(String token, JsonNode job, String how, String more) throws Exception {
    var path = "/api/v1/jobs/%s/%s".formatted(job.path("id").asString(), how);
    var lease = job.at("/lease/token").asString(job.path("lease").asString(""));
    var answer = send("POST", path, token, "{\"lease\":\"%s\"%s}".formatted(lease, more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** The next notification of a user. */
  private JsonNode told(String name) throws InterruptedException {
    var next = of(name).poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    return Objects.requireNonNull(next, "nothing was told");
  }

  @Test
  void end_ofAJobWithTheTag_isToldAndThoseOfOthersAreNot() throws Exception {
    var ada = signedIn("ada");
    var bob = signedIn("bob");
    rule("ada", ada, ",\"tag\":\"night\",\"events\":[\"failed\"]");
    var others = started(bob, ",\"tags\":[\"night\"]");
    var untagged = started(ada, "");
    var completed = started(ada, ",\"tags\":[\"night\"]");
    var failed = started(ada, ",\"tags\":[\"night\"]");
    end(bob, others, "fail", ",\"error\":\"e\"");
    end(ada, untagged, "fail", ",\"error\":\"e\"");
    end(ada, completed, "complete", ",\"result\":{}");
    end(ada, failed, "fail", ",\"error\":\"The disk is full\"");

    var first = told("ada");
    assertThat(first.path("event").asString()).isEqualTo("failed");
    assertThat(first.at("/job/id")).isEqualTo(failed.path("id"));
    assertThat(first.path("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void stall_ofAJobThatIsSilentForTheStatedTime_isToldWithWhereItWas() throws Exception {
    var cid = signedIn("cid");
    var job = started(cid, "");
    rule(
        "cid", cid, ",\"job_id\":\"%s\",\"silent_seconds\":1".formatted(job.path("id").asString()));
    assertThat(told("cid").path("event").asString()).isEqualTo("stalled");
    end(cid, job, "complete", ",\"result\":{}");
    assertThat(told("cid").path("event").asString()).isEqualTo("completed");
  }

  @Test
  void stall_toAMailbox_isMailedInAFewWords() throws Exception {
    var dan = signedIn("dan");
    var job = started(dan, ",\"name\":\"Nightly import\"");
    var path = "/api/v1/jobs/%s/progress".formatted(job.path("id").asString());
    var lease = job.at("/lease/token").asString(job.path("lease").asString(""));
    send(
        "POST",
        path,
        dan,
        "{\"lease\":\"%s\",\"progress\":42,\"message\":\"page 100\"}".formatted(lease));
    await()
        .atMost(Patience.LONG)
        .until(() -> send("GET", "/api/v1/jobs", dan, "").body().contains("page 100"));
    var body =
        "{\"callback_url\":\"mailto:dan@example.org\",\"events\":[\"stalled\"],\"silent_seconds\":1}";
    assertThat(send("POST", RULES, dan, body).statusCode()).isEqualTo(201);
    assertThat(inbox.waitForIncomingEmail(Patience.LONG.toMillis(), 1)).isTrue();
    var mail = inbox.getReceivedMessages()[0];
    assertThat(mail.getSubject()).isEqualTo("Nightly import has stalled");
    assertThat(mail.getContent().toString())
        .contains("It has reported nothing new at 42 % since: page 100");
  }

  @Test
  void rules_areListedAndRemovedByTheirOwnerAlone() throws Exception {
    var eve = signedIn("eve");
    var fay = signedIn("fay");
    var id = rule("eve", eve, ",\"tag\":\"night\",\"events\":[\"stalled\",\"failed\"]");
    var listed = TestServer.json(send("GET", RULES, eve, "").body()).at("/rules/0");
    assertThat(listed.path("id").asString()).isEqualTo(id);
    assertThat(listed.path("events")).hasToString("[\"failed\",\"stalled\"]");
    assertThat(listed.path("tag").asString()).isEqualTo("night");
    assertThat(TestServer.json(send("GET", RULES, fay, "").body()).path("rules")).isEmpty();
    assertThat(send("DELETE", RULES + "/" + id, fay, "").statusCode()).isEqualTo(404);
    assertThat(send("DELETE", RULES + "/" + id, eve, "").statusCode()).isEqualTo(204);
    assertThat(TestServer.json(send("GET", RULES, eve, "").body()).path("rules")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"callback_url\":\"mailto:eve@elsewhere.org\"} | mail.domains",
        "{\"callback_url\":\"https://example.org\",\"events\":[\"begun\"]} | events",
        "{\"callback_url\":\"https://example.org\",\"events\":[]} | events",
        "{\"callback_url\":\"https://example.org\",\"silent_seconds\":0} | silent_seconds",
        "{\"callback_url\":\"https://example.org\","
            + "\"job_id\":\"0198f2c0-0000-7000-8000-000000000000\"} | There is no job",
        "{\"events\":[\"failed\"]} | callback_url"
      })
  void rule_thatCannotBe_isRefusedWithTheReason(String body, String reason) throws Exception {
    var answer = send("POST", RULES, signedIn("gus"), body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains(reason);
  }

  @Test
  void rule_ofNobody_isRefused() throws Exception {
    var answer = send("POST", RULES, null, "{\"callback_url\":\"https://example.org\"}");
    assertThat(answer.statusCode()).isEqualTo(401);
  }
}
