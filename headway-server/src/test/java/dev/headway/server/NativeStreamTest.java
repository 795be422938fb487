package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.topic.Cursor;
import dev.headway.server.socket.SocketSettings;
import dev.headway.testkit.net.RecordingWatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeStreamTest {
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

  private static String watch(String topic, String more) {
    return "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"%s\"%s}]}".formatted(topic, more);
  }

  @Test
  void connect_firstFrame_isHello() throws Exception {
    var pinging = SocketSettings.DEFAULT;
    try (var usual = new TestServer(data.resolve("usual"), config -> config.withSockets(pinging));
        var watcher = usual.stream(null)) {
      var hello = TestServer.json(watcher.next());
      assertThat(hello.get("hello").asString()).isEqualTo("headway.v1");
      assertThat(hello.get("ping_seconds").asInt()).isEqualTo(25);
      assertThat(hello.at("/reconnect/max_ms").asInt()).isPositive();
      assertThat(watcher.protocol()).isEqualTo("headway.v1");
    }
  }

  @Test
  void watch_runningJob_givesSnapshotThenEventsToTheEnd() throws Exception {
    var job = "job:" + server.submit(null);
    try (var watcher = server.stream(null)) {
      var reply = TestServer.json(watcher.send(watch(job, "")).awaitText("\"re\":1"));
      assertThat(reply.at("/watching/0/recovered").asBoolean()).isFalse();
      assertThat(reply.at("/watching/0/snapshot/steps").toString())
          .isEqualTo("[\"pack\",\"ship\"]");
      server.work.next(context -> {
        context.step("ship", "Shipping");
        return null;
      });
      var progress = TestServer.json(watcher.awaitText("\"Shipping\""));
      assertThat(progress.at("/data/percent").asDouble()).isEqualTo(50);
      assertThat(progress.get("topic").asString()).isEqualTo(job);
      server.work.finish("{\"done\":true}");
      var end = TestServer.json(watcher.awaitText("\"type\":\"completed\""));
      assertThat(end.at("/data/result/done").asBoolean()).isTrue();
    }
  }

  @Test
  void watch_fromCursorOfThe202_replaysFromTheVeryBeginning() throws Exception {
    var submitted =
        TestServer.json(server.call("POST", "/jobs", null, "{\"job_type\":\"scripted\"}"));
    server.work.finish("{}");
    var id = submitted.get("id").asString();
    try (var channel = server.channel(id)) {
      channel.awaitText("completed");
    }
    try (var watcher = server.stream(null)) {
      var after = ",\"after\":\"" + submitted.get("cursor").asString() + "\"";
      var reply = TestServer.json(watcher.send(watch("job:" + id, after)).awaitText("\"re\":1"));
      assertThat(reply.at("/watching/0/recovered").asBoolean()).isTrue();
      var types = new ArrayList<String>();
      do {
        types.add(TestServer.json(watcher.next()).get("type").asString());
      } while (!types.getLast().equals("completed"));
      assertThat(types).startsWith("queued", "started").endsWith("completed");
    }
  }

  @Test
  void watch_resumedInTheMiddle_seesEachMissedEventOnce() throws Exception {
    var job = "job:" + server.submit(null);
    String cursor;
    try (var first = server.stream(null)) {
      first.send(watch(job, "")).awaitText("\"re\":1");
      server.work.report(10, "ten");
      cursor = TestServer.json(first.awaitText("\"ten\"")).get("cursor").asString();
      first.vanish();
    }
    server.work.next(context -> {
      context.log("a line");
      context.step("ship", "Shipping");
      return null;
    });
    server.work.finish("{}");
    try (var second = server.stream(null)) {
      var after = ",\"logs\":true,\"after\":\"" + cursor + "\"";
      var reply = TestServer.json(second.send(watch(job, after)).awaitText("\"re\":1"));
      assertThat(reply.at("/watching/0/recovered").asBoolean()).isTrue();
      second.awaitText("\"type\":\"completed\"");
      var offsets =
          second.seen().stream()
              .filter(frame -> frame.contains("\"type\""))
              .map(frame -> TestServer.json(frame).get("cursor").asString())
              .map(text -> Cursor.parse(text).orElseThrow().offset())
              .toList();
      var before = Cursor.parse(cursor).orElseThrow().offset();
      assertThat(offsets).isSorted().doesNotHaveDuplicates();
      assertThat(offsets.getFirst()).isEqualTo(before + 1);
      assertThat(offsets.getLast() - before).isEqualTo(offsets.size());
    }
  }

  @Test
  void watch_cursorOfAnotherEpoch_isAnsweredWithASnapshot() throws Exception {
    var job = "job:" + server.submit(null);
    try (var watcher = server.stream(null)) {
      var reply =
          TestServer.json(watcher.send(watch(job, ",\"after\":\"abc-3\"")).awaitText("\"re\":1"));
      assertThat(reply.at("/watching/0/recovered").asBoolean()).isFalse();
      assertThat(reply.at("/watching/0/snapshot/status").asString()).isNotEmpty();
      server.work.finish("{}");
    }
  }

  @Test
  void watch_unknownAndForeignTopics_lookTheSame() throws Exception {
    var mine = "job:" + server.submit(server.signIn("ada@example.org"));
    var other = server.signIn("bob@example.org");
    try (var watcher = server.stream(other)) {
      watcher.send(
          "{\"op\":\"watch\",\"id\":7,\"topics\":[{\"topic\":\"%s\"},{\"topic\":\"job:none\"}]}"
              .formatted(mine));
      var reply = TestServer.json(watcher.awaitText("\"re\":7"));
      assertThat(reply.get("watching")).isEmpty();
      assertThat(reply.at("/refused/0/code").asString()).isEqualTo("NOT_FOUND");
      assertThat(reply.at("/refused/1/code").asString()).isEqualTo("NOT_FOUND");
    }
    server.work.finish("{}");
  }

  @Test
  void cancel_runningJob_isRequestedThenCancelled() throws Exception {
    var job = "job:" + server.submit(null);
    try (var watcher = server.stream(null)) {
      watcher.send(watch(job, "")).awaitText("\"re\":1");
      server.work.report(5, "five");
      watcher.awaitText("\"five\"");
      watcher.send("{\"op\":\"cancel\",\"id\":2,\"topic\":\"%s\"}".formatted(job));
      watcher.awaitText("\"ok\":\"requested\"");
      server.work.stopWhenTold();
      watcher.awaitText("\"type\":\"cancelled\"");
      watcher.send("{\"op\":\"cancel\",\"id\":3,\"topic\":\"%s\"}".formatted(job));
      watcher.awaitText("\"ok\":\"too_late\"");
    }
  }

  @Test
  void feed_ofAUser_showsOwnJobsOnly() throws Exception {
    var ada = server.signIn("ada@example.org");
    var bob = server.signIn("bob@example.org");
    try (var watcher = server.stream(ada)) {
      watcher.send(watch("user:1", "")).awaitText("\"re\":1");
      server.submit(bob);
      server.work.finish("{}");
      var own = server.submit(ada);
      var event = TestServer.json(watcher.awaitText("\"type\":\"queued\""));
      assertThat(event.at("/data/topic").asString()).isEqualTo("job:" + own);
      server.work.finish("{}");
      watcher.awaitText("\"type\":\"completed\"");
    }
    try (var watcher = server.stream(bob)) {
      var reply = TestServer.json(watcher.send(watch("user:1", "")).awaitText("\"re\":1"));
      assertThat(reply.at("/refused/0/code").asString()).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void auth_asFirstMessage_admitsAndTellsExpiry() throws Exception {
    var token = server.signIn("ada@example.org");
    server.close();
    server = new TestServer(data.resolve("closed"), TestServer::closedToAnonymous);
    try (var stranger = server.stream(null)) {
      stranger.next();
      stranger.send(watch("user:1", ""));
      assertThat(stranger.next()).contains("AUTHENTICATION_ERROR");
      stranger.send("{\"op\":\"auth\",\"id\":4,\"token\":\"%s\"}".formatted(token));
      assertThat(stranger.awaitClose().code()).isEqualTo(4403);
    }
    var own = server.signIn("ada@example.org");
    try (var watcher = server.stream(null)) {
      watcher.send("{\"op\":\"auth\",\"id\":4,\"token\":\"%s\"}".formatted(own));
      assertThat(watcher.awaitText("\"re\":4")).contains("\"ok\":true", "expires_at");
    }
  }

  @Test
  void auth_asSomebodyElse_endsWhatTheyMayNotWatch() throws Exception {
    var ada = server.signIn("ada@example.org");
    var bob = server.signIn("bob@example.org");
    var mine = "job:" + server.submit(ada);
    try (var watcher = server.stream(ada)) {
      watcher.send(watch(mine, "")).awaitText("\"re\":1");
      watcher.send("{\"op\":\"auth\",\"id\":2,\"token\":\"%s\"}".formatted(bob));
      assertThat(watcher.awaitText("\"refused\"")).contains(mine, "NOT_FOUND");
      watcher.awaitText("\"re\":2");
      server.work.report(5, "secret");
      server.work.finish("{}");
      watcher.send("{\"op\":\"ping\",\"id\":3}");
      assertThat(watcher.next()).contains("\"re\":3");
    }
  }

  @Test
  void auth_badTokensOfOthersAtTheSameAddress_lockNobodyOut() throws Exception {
    server.close();
    server = new TestServer(data.resolve("closed"), TestServer::closedToAnonymous);
    for (var attempt = 0; attempt < 4; attempt++) {
      try (var stranger = server.stream(null)) {
        stranger.send("{\"op\":\"auth\",\"id\":1,\"token\":\"garbage\"}");
        assertThat(stranger.awaitClose().code()).isEqualTo(4403);
      }
    }
    var token = server.signIn("ada@example.org");
    try (var watcher = server.stream(null)) {
      watcher.send("{\"op\":\"auth\",\"id\":1,\"token\":\"%s\"}".formatted(token));
      assertThat(watcher.awaitText("\"re\":1")).contains("\"ok\":true");
    }
  }

  @Test
  void logout_openStream_isClosedAsRevoked() throws Exception {
    var token = server.signIn("ada@example.org");
    try (var watcher = server.stream(token)) {
      watcher.next();
      server.call("POST", "/api/v1/auth/logout", token, null);
      assertThat(watcher.awaitClose().code()).isEqualTo(4410);
    }
  }

  @Test
  void requests_thatMakeNoSense_areAnsweredAndTheSocketStays() {
    try (var watcher = server.stream(null)) {
      watcher.next();
      assertThat(watcher.send("{nonsense").next()).contains("INVALID_INPUT");
      assertThat(watcher.send("[]").next()).contains("INVALID_INPUT");
      assertThat(watcher.send("{\"op\":\"dance\",\"id\":9}").next())
          .contains("\"re\":9", "known: auth, watch, unwatch, cancel, ping");
      assertThat(watcher.send("{\"op\":\"watch\",\"id\":9}").next()).contains("topics must be");
      assertThat(watcher.send("{\"op\":\"watch\",\"id\":9,\"topic\":\"job:1\"}").next())
          .contains("\"re\":9", "INVALID_INPUT", "Did you mean 'topics'?");
      assertThat(watcher.send("{\"op\":\"cancel\",\"id\":9,\"topic\":[1]}").next())
          .contains("\"re\":9", "topic ([1]) must be a text");
      assertThat(watcher.send("{\"op\":\"ping\",\"id\":10}").next())
          .contains("\"re\":10", "\"at\"");
    }
  }

  @Test
  void watch_hundredJobsOfAFeed_isSplitIntoFramesOfAtMostTenKilobytes() throws Exception {
    for (var at = 0; at < 60; at++) {
      server.call("POST", "/jobs", null, "{\"job_type\":\"waits-outside\",\"external\":true}");
    }
    try (var watcher = server.stream(null)) {
      watcher.send(watch("user:anonymous", ""));
      var jobs = 0;
      String frame;
      do {
        frame = watcher.awaitText("\"re\":1");
        assertThat(frame.length()).isLessThanOrEqualTo(10_240);
        for (var entry : TestServer.json(frame).get("watching")) {
          jobs += entry.at("/snapshot/jobs").size();
        }
      } while (frame.contains("\"more\":true"));
      assertThat(jobs).isEqualTo(60);
    }
  }

  @Test
  void cbor_subprotocol_speaksBinary() throws Exception {
    // The recording watcher reads text only: that nothing readable arrives, and the selected
    // protocol, are what it can tell; Wire's own test reads the bytes.
    try (var watcher =
        RecordingWatcher.connectWith("headway.v1.cbor", server.socket("/api/v1/stream"))) {
      assertThat(watcher.protocol()).isEqualTo("headway.v1.cbor");
      watcher.send("{\"op\":\"ping\"}");
      assertThat(watcher.awaitClose().code()).isEqualTo(1003);
    }
  }
}
