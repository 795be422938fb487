package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.headway.server.mail.MailSettings;
import dev.headway.server.mail.Mailer;
import dev.headway.testkit.Patience;
import dev.headway.testkit.net.FaultyProxy;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of jobs as e-mails that a mail server on this machine receives. */
final class MailNoticeTest {
  @TempDir Path data;
  private final ScriptedWork work = new ScriptedWork();
  private final HttpClient http = HttpClient.newHttpClient();
  private final GreenMail inbox =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private FaultyProxy proxy;
  private HeadwayServer server;

  @BeforeEach
  void start() throws IOException {
    inbox.start();
    proxy = new FaultyProxy(inbox.getSmtp().getPort());
    server = server();
  }

  private HeadwayServer server() throws IOException {
    var settings =
        new MailSettings(
            "127.0.0.1",
            proxy.port(),
            false,
            "headway@example.org",
            "",
            "",
            "example.org, Example.COM");
    return HeadwayServer.builder(ServerConfig.loopback(0, data))
        .job(work.type())
        .mail(new Mailer(settings))
        .start();
  }

  @AfterEach
  void stop() {
    server.close();
    proxy.close();
    inbox.stop();
    http.shutdownNow();
  }

  private HttpResponse<String> submit(HeadwayServer to, String url)
      throws IOException, InterruptedException {
    var body =
        "{\"job_type\":\"scripted\",\"name\":\"Nightly import\",\"callback_url\":\"%s\"}"
            .formatted(url);
    return http.send(
        HttpRequest.newBuilder(URI.create(to.url() + "/jobs"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private MimeMessage received() {
    assertThat(inbox.waitForIncomingEmail(Patience.LONG.toMillis(), 1)).isTrue();
    return inbox.getReceivedMessages()[0];
  }

  @Test
  void end_ofAJobWithAnEMailAddress_isMailedInAFewWords() throws Exception {
    assertThat(submit(server, "mailto:ada@example.org").statusCode()).isEqualTo(202);
    work.finish("{}");
    assertThat(received().getSubject()).startsWith("Nightly import is completed after ");
    assertThat(received().getAllRecipients()[0]).hasToString("ada@example.org");
    assertThat(GreenMailUtil.getBody(received())).contains("Nightly import is completed");
  }

  @Test
  void end_thatTheMailServerDoesNotTake_isMailedAgain() throws Exception {
    proxy.cutAfter(0);
    submit(server, "mailto:ada@EXAMPLE.com");
    work.finish("{}");
    await().until(() -> proxy.accepted() > 0);
    proxy.cutAfter(Long.MAX_VALUE);
    assertThat(received().getSubject()).startsWith("Nightly import");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mailto:ada@elsewhere.org",
        "mailto:ada@example.org,eve@elsewhere.org",
        "mailto:ada@example.org?bcc=eve@elsewhere.org",
        "mailto:ada@example.org%0aBcc:eve@elsewhere.org",
        "mailto:ada",
        "mailto:"
      })
  void address_thatMayNotBeNamed_isRefused(String url) throws Exception {
    var answer = submit(server, url);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("callback_url");
  }

  @Test
  void address_onAServerThatSendsNoMail_isRefusedWithTheRemedy() throws Exception {
    try (var without =
        HeadwayServer.builder(ServerConfig.loopback(0, data.resolve("b")))
            .job(work.type())
            .start()) {
      assertThat(submit(without, "mailto:ada@example.org").body()).contains("mail.host");
    }
  }
}
