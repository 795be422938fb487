package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.SocketSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransportTest {
  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawSocket raw(String... headers) throws IOException {
    return new RawSocket(server.server.port(), "/progress/ws/none", headers);
  }

  private RawSocket channel(String job) throws IOException {
    return new RawSocket(server.server.port(), "/progress/ws/" + job);
  }

  @Test
  void frame_ofOneMegabyte_closesWith1009() throws Exception {
    try (var socket = channel(server.submit(null))) {
      socket.read();
      socket.send(1, new byte[1_000_000], true);
      assertThat(socket.readClose()).isEqualTo(1009);
    }
    server.work.finish("{}");
  }

  @Test
  void frame_binary_closesWith1003() throws Exception {
    try (var socket = channel(server.submit(null))) {
      socket.read();
      socket.send(2, new byte[] {1, 2, 3}, true);
      assertThat(socket.readClose()).isEqualTo(1003);
    }
    server.work.finish("{}");
  }

  @Test
  void frame_unmasked_closesWith1002() throws Exception {
    try (var socket = channel(server.submit(null))) {
      socket.read();
      socket.send(1, "{}".getBytes(StandardCharsets.UTF_8), false);
      assertThat(socket.readClose()).isEqualTo(1002);
    }
    server.work.finish("{}");
  }

  @Test
  void frame_notUtf8_closesWith1007() throws Exception {
    try (var socket = channel(server.submit(null))) {
      socket.read();
      socket.send(1, new byte[] {(byte) 0xC3, (byte) 0x28}, true);
      assertThat(socket.readClose()).isEqualTo(1007);
    }
    server.work.finish("{}");
  }

  @Test
  void messages_moreThanHundredInASecond_closeWith1008() throws Exception {
    try (var socket = channel(server.submit(null))) {
      socket.read();
      for (var at = 0; at < 250; at++) {
        socket.sendText("{\"type\":\"ping\"}");
      }
      assertThat(socket.readClose()).isEqualTo(1008);
    }
    server.work.finish("{}");
  }

  @Test
  void messages_splitIntoFragments_areJoined() throws Exception {
    try (var socket = channel(server.submit(null))) {
      socket.read();
      socket.sendFragments("{\"type\":", "\"pi", "ng\"}");
      assertThat(socket.await("pong").text()).contains("pong");
    }
    server.work.finish("{}");
  }

  @Test
  void handshake_foreignOrigin_is403BeforeTheUpgrade() throws Exception {
    try (var socket = raw("Origin: https://evil.example")) {
      assertThat(socket.head()).startsWith("HTTP/1.1 403");
    }
    try (var socket = raw("Origin: http://localhost:3000")) {
      assertThat(socket.head()).as("another local page without token").startsWith("HTTP/1.1 403");
    }
    try (var socket = raw("Origin: http://localhost:" + server.server.port())) {
      assertThat(socket.head()).as("the server's own page").startsWith("HTTP/1.1 101");
    }
  }

  @Test
  void handshake_refusedThreeTimes_is429() throws Exception {
    for (var at = 0; at < 3; at++) {
      try (var socket = new RawSocket(server.server.port(), "/progress/ws/none?token=forged")) {
        assertThat(socket.head()).startsWith("HTTP/1.1 101");
        assertThat(socket.readClose()).isEqualTo(1008);
      }
    }
    try (var socket = new RawSocket(server.server.port(), "/progress/ws/none?token=forged")) {
      assertThat(socket.head()).startsWith("HTTP/1.1 429").containsIgnoringCase("retry-after: 60");
    }
    try (var socket = new RawSocket(server.server.port(), "/progress/ws/none?token=other")) {
      assertThat(socket.head()).as("another token").startsWith("HTTP/1.1 101");
    }
  }

  @Test
  void handshake_unknownPath_is404() throws Exception {
    try (var socket = new RawSocket(server.server.port(), "/ws/nothing")) {
      assertThat(socket.head()).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void connections_moreThanTenOnAJob_areClosedAsTooMany() throws Exception {
    var job = server.submit(null);
    var sockets = new ArrayList<RawSocket>();
    for (var at = 0; at < 10; at++) {
      var socket = channel(job);
      assertThat(socket.read().text()).contains(job);
      sockets.add(socket);
    }
    try (var eleventh = channel(job)) {
      assertThat(eleventh.read().text()).isEqualTo("1008Too many connections");
    }
    for (var socket : sockets) {
      socket.close();
    }
    server.work.finish("{}");
  }

  @Test
  void connections_overTheGlobalLimit_are503() throws Exception {
    try (var small =
            new TestServer(
                data.resolve("small"),
                config -> config.withPlaces(new ConnectionLimits.Settings(1, 100, 10)));
        var first = new RawSocket(small.server.port(), "/api/v1/stream")) {
      assertThat(first.head()).startsWith("HTTP/1.1 101");
      try (var second = new RawSocket(small.server.port(), "/api/v1/stream")) {
        assertThat(second.head()).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after");
      }
    }
  }

  @Test
  void connections_thousandThatComeAndGo_leaveNothingBehind() throws Exception {
    var job = server.submit(null);
    for (var round = 0; round < 100; round++) {
      var sockets = new ArrayList<RawSocket>();
      for (var at = 0; at < 10; at++) {
        sockets.add(channel(job));
      }
      for (var socket : sockets) {
        socket.close();
      }
      // The places of a round are given back before the next one can fill them.
      await().until(() -> server.server.connections() == 0);
    }
    try (var watcher = channel(job)) {
      assertThat(watcher.read().text()).contains(job);
    }
    await().until(() -> server.server.connections() == 0);
    server.work.finish("{}");
  }

  @Test
  void silence_longerThanTheIdleTimeout_closesWith1001() throws Exception {
    var impatient =
        new SocketSettings(
            Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(400), 10_240, 100, 1 << 20, 0);
    try (var small =
            new TestServer(data.resolve("small"), config -> config.withSockets(impatient));
        var socket = new RawSocket(small.server.port(), "/api/v1/stream")) {
      assertThat(socket.readClose()).isEqualTo(1001);
    }
  }

  @Test
  void pings_thatNobodyAnswers_endTheConnection() throws Exception {
    var impatient =
        new SocketSettings(
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofSeconds(60),
            10_240,
            100,
            1 << 20,
            0);
    try (var small =
            new TestServer(data.resolve("small"), config -> config.withSockets(impatient));
        var socket = new RawSocket(small.server.port(), "/api/v1/stream")) {
      assertThat(socket.read().text()).contains("hello");
      assertThat(socket.read().opcode()).as("a ping").isEqualTo(9);
      assertThat(socket.ended()).isTrue();
    }
  }

  @Test
  void body_afterExpectContinue_isTaken() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.server.url() + "/jobs"))
            .header("Content-Type", "application/json")
            .expectContinue(true)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"job_type\":\"elsewhere\",\"external\":true}"))
            .build();
    assertThat(server.http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
  }

  @Test
  void body_ofFiftyMegabytes_is413() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.server.url() + "/jobs"))
            .header("Content-Type", "application/json")
            .expectContinue(true)
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[50_000_000]))
            .build();
    var answer = server.http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("TOO_LARGE");
  }

  @Test
  void stalledWatcher_neverReading_costsOthersNothingAndIsBounded() throws Exception {
    var job = "job:" + server.submit(null);
    var watch =
        "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"%s\",\"logs\":true}]}".formatted(job);
    try (var stalled = new RawSocket(server.server.port(), "/api/v1/stream");
        var lively = server.stream(null)) {
      stalled.sendText(watch);
      lively.send(watch).awaitText("\"re\":1");
      var padding = "x".repeat(1_900);
      for (var at = 1; at <= 3_000; at++) {
        var message = at + padding;
        server.work.next(context -> {
          context.log(message);
          return null;
        });
        if (at % 100 == 0) {
          lively.awaitText("\"" + message); // on a busy machine, too, it is the one that keeps up
        }
      }
      server.work.finish("{\"n\":1}");
      lively.awaitText("\"type\":\"completed\"");
      // It lacks more than the log keeps: it is told to come again and resume.
      assertThat(stalled.readClose()).isEqualTo(4429);
    }
  }

  /* The log covers what it lacks, and the socket takes only a part of some writes. */
  @Test
  void slowWatcher_readingLate_isSentEveryEventWholeAndInOrder() throws Exception {
    var job = "job:" + server.submit(null);
    var padding = "y".repeat(1_900);
    try (var slow = new RawSocket(server.server.port(), "/api/v1/stream")) {
      slow.sendText(
          "{\"op\":\"watch\",\"topics\":[{\"topic\":\"%s\",\"logs\":true}]}".formatted(job));
      assertThat(textOf(slow)).contains("hello");
      assertThat(textOf(slow)).contains("watching");
      for (var at = 1; at <= 1_000; at++) {
        var message = at + padding;
        server.work.next(context -> {
          context.log(message);
          return null;
        });
      }
      server.work.finish("{}");
      for (var at = 1; at <= 1_000; at++) {
        assertThat(textOf(slow)).contains("\"" + at + padding + "\"");
      }
    }
  }

  /** The next text; a ping may come before it. */
  private static String textOf(RawSocket socket) throws IOException {
    var frame = socket.read();
    while (frame.opcode() != 1) {
      frame = socket.read();
    }
    return frame.text();
  }

  @Test
  void close_ofTheServer_tellsWatchersToComeAgain() throws Exception {
    var job = server.submit(null);
    try (var socket = channel(job)) {
      socket.read();
      var leaving = Thread.ofVirtual().start(server::close);
      server.work.finish("{}");
      assertThat(socket.readClose()).isEqualTo(1012);
      leaving.join();
    }
  }
}
