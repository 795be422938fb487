package dev.headway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.headway.server.webhook.CallbackSignature;
import dev.headway.server.webhook.WebhookSettings;
import dev.headway.testkit.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhooksTest {
  private static final String SECRET = "a secret that both know";

  private record Received(String signature, String body, Headers headers) {
    Received(String signature, String body) {
      this(signature, body, new Headers());
    }
  }

  @TempDir Path data;
  private final ScriptedWork work = new ScriptedWork();
  private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer receiver;
  private HeadwayServer server;

  @BeforeEach
  void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          var signature = exchange.getRequestHeaders().getFirst(CallbackSignature.HEADER);
          received.add(new Received(signature, body, exchange.getRequestHeaders()));
          exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 503 : 204, -1);
          exchange.close();
        });
    receiver.start();
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, data))
            .job(work.type())
            .webhooks(new WebhookSettings(true, SECRET))
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.stop(0);
    http.shutdownNow();
  }

  private HttpResponse<String> submit(HeadwayServer to, String url)
      throws IOException, InterruptedException {
    var body = "{\"job_type\":\"scripted\",\"callback_url\":\"%s\"}".formatted(url);
    return http.send(
        HttpRequest.newBuilder(URI.create(to.url() + "/jobs"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private String hook() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
  }

  @Test
  void end_ofAJobWithAnAddress_isAnnouncedAndSigned() throws Exception {
    var id = TestServer.json(submit(server, hook())).get("id").asString();
    work.finish("{\"n\":1}");
    var announcement = next();
    var body = TestServer.json(announcement.body());
    assertThat(body.get("event").asString()).isEqualTo("completed");
    assertThat(body.at("/job/id").asString()).isEqualTo(id);
    assertThat(body.at("/job/result_payload/n").asInt()).isEqualTo(1);
    var seconds = Long.parseLong(announcement.signature().replaceFirst("t=(\\d+),.*", "$1"));
    assertThat(announcement.signature())
        .isEqualTo(
            new CallbackSignature(SECRET)
                .of(Instant.ofEpochSecond(seconds), announcement.body().getBytes(UTF_8)));
  }

  @Test
  void announcement_toAProgram_hasTheHeadersOfStandardWebhooks() throws Exception {
    var id = TestServer.json(submit(server, hook())).get("id").asString();
    work.finish("{}");
    var announcement = next();
    var headers = announcement.headers();
    assertThat(headers.getFirst("webhook-id")).isEqualTo(id);
    var at = Instant.ofEpochSecond(Long.parseLong(headers.getFirst("webhook-timestamp")));
    assertThat(headers.getFirst("webhook-signature"))
        .isEqualTo(
            new CallbackSignature(SECRET).standard(id, at, announcement.body().getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slack | {\"text\":\"*scripted is completed after 0 s*",
        "teams | \"contentType\":\"application/vnd.microsoft.card.adaptive\"",
        "ntfy | scripted is completed after 0 s"
      })
  void announcement_toAChat_isAFewWords(String chat, String said) throws Exception {
    submit(server, chat + "+" + hook());
    work.finish("{}");
    assertThat(next().body().replaceAll("after \\d+ s", "after 0 s")).contains(said);
  }

  @Test
  void announcement_refusedAtFirst_isMadeAgain() throws Exception {
    refusals.set(1);
    submit(server, hook());
    work.finish("{}");
    next();
    assertThat(next().body()).contains("\"attempt\":2");
  }

  @Test
  void announcement_answeredWithARedirect_isNotFollowed() throws Exception {
    var calls = new CountDownLatch(2);
    receiver.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", hook());
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
          calls.countDown();
        });
    submit(server, hook().replace("/hook", "/moved"));
    work.finish("{}");
    assertThat(calls.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(received).isEmpty();
  }

  @Test
  void announcement_toAServerWithACertificateOfItsOwn_isNotSent() throws Exception {
    var refused = new CountDownLatch(1);
    try (var listening = selfSigned()) {
      Thread.ofVirtual()
          .start(() -> {
            while (!listening.isClosed()) {
              try (var connection = listening.accept()) {
                received.add(new Received("", "" + connection.getInputStream().read()));
              } catch (SSLException untrusted) {
                refused.countDown();
              } catch (IOException closed) {
                return;
              }
            }
          });
      submit(server, "https://127.0.0.1:" + listening.getLocalPort() + "/hook");
      work.finish("{}");
      assertThat(refused.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(received).isEmpty();
    }
  }

  /* For the right address, but vouched for by nobody. */
  private ServerSocket selfSigned() throws Exception {
    var file = data.resolve("self-signed.p12");
    var command =
        "-genkeypair -alias a -keyalg EC -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1"
            + " -storetype PKCS12 -storepass not-secret -keystore";
    var keytool = new ArrayList<String>();
    keytool.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    keytool.addAll(List.of(command.split(" ", -1)));
    keytool.add(file.toString());
    assertThat(new ProcessBuilder(keytool).inheritIO().start().waitFor()).isZero();
    var store = KeyStore.getInstance(file.toFile(), "not-secret".toCharArray());
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "not-secret".toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return tls.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @Test
  void announcement_whoseAnswerNeverEnds_isMadeAgain() throws Exception {
    receiver.createContext(
        "/endless",
        exchange -> {
          received.add(
              new Received("", new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().flush(); // and nothing more
        });
    submit(server, hook().replace("/hook", "/endless"));
    work.finish("{}");
    assertThat(next().body()).contains("\"attempt\":1");
    assertThat(next().body()).contains("\"attempt\":2");
  }

  private Received next() throws InterruptedException {
    var next = received.poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  @Test
  void submit_privateAddress_isRefusedUnlessConfigured() throws Exception {
    try (var strict =
        HeadwayServer.builder(ServerConfig.loopback(0, data.resolve("strict")))
            .job(new ScriptedWork().type())
            .start()) {
      var answer = submit(strict, hook());
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains("callback_url", "private address");
    }
  }
}
