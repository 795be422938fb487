package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.testkit.net.RecordingWatcher;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressChannelTest {
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

  @Test
  void connect_endedJob_showsItsEndAtOnceAndStaysOpen() throws Exception {
    var job = server.submit(null);
    server.work.finish("{\"n\":1}");
    try (var first = server.channel(job)) {
      first.awaitText("\"completed\"");
    }
    try (var late = server.channel(job)) {
      var frame = TestServer.json(late.next());
      assertThat(frame.get("type").asString()).isEqualTo("progress");
      assertThat(frame.get("job_id").asString()).isEqualTo(job);
      assertThat(frame.get("status").asString()).isEqualTo("completed");
      assertThat(frame.get("progress").asDouble()).isEqualTo(100);
      assertThat(frame.at("/metadata/result/n").asInt()).isEqualTo(1);
      assertThat(late.send("{\"type\":\"ping\"}").next()).contains("\"pong\"", "\"timestamp\"");
    }
  }

  @Test
  void connect_unknownJob_isToldAndClosedNormally() {
    try (var watcher = server.channel("job-123")) {
      var frame = TestServer.json(watcher.next());
      assertThat(frame.get("error").asString()).isEqualTo("Job not found");
      assertThat(frame.has("job_id")).as("a progress frame only").isFalse();
      assertThat(watcher.awaitClose().code()).isEqualTo(1000);
    }
  }

  @Test
  void connect_somebodyElsesJob_looksUnknown() throws Exception {
    var job = server.submit(server.signIn("ada@example.org"));
    try (var watcher = server.channel(job)) {
      assertThat(watcher.next()).contains("Job not found");
      assertThat(watcher.awaitClose().code()).isEqualTo(1000);
    }
    server.work.finish("{}");
  }

  @Test
  void subscribe_furtherJob_showsItsStateAndEvents() throws Exception {
    var first = server.submit(null);
    try (var watcher = server.channel(first)) {
      watcher.awaitText(first);
      server.work.finish("{}");
      watcher.awaitText("\"completed\"");
      var second = server.submit(null);
      watcher.send("{\"type\":\"subscribe\",\"job_id\":\"%s\"}".formatted(second));
      watcher.awaitText(second);
      server.work.report(40, "forty");
      assertThat(watcher.awaitText("\"forty\"")).contains(second, "\"progress\":40.0");
      watcher.send("{\"type\":\"unsubscribe\",\"job_id\":\"%s\"}".formatted(second));
      watcher.send("{\"type\":\"ping\"}").awaitText("pong");
      server.work.report(50, "fifty");
      server.work.finish("{}");
      watcher.send("{\"type\":\"ping\"}").awaitText("pong");
      assertThat(watcher.seen()).noneMatch(frame -> frame.contains("fifty"));
    }
  }

  @Test
  void messages_thatMakeNoSense_areAnsweredAndTheSocketStays() throws Exception {
    var job = server.submit(null);
    try (var watcher = server.channel(job)) {
      watcher.awaitText(job);
      assertThat(watcher.send("{nonsense").next()).contains("\"error\":\"Invalid JSON format\"");
      assertThat(watcher.send("{\"type\":\"dance\"}").next()).contains("Unknown message type");
      var unknown = watcher.send("{\"type\":\"subscribe\",\"job_id\":\"no-such\"}").next();
      assertThat(unknown).contains("Job not found", "\"subject\":\"no-such\"");
      assertThat(watcher.send("{\"type\":\"ping\"}").next()).contains("pong");
    }
    server.work.finish("{}");
  }

  @Test
  void messages_withOtherMembersOrTypes_areRefusedByName() throws Exception {
    var job = server.submit(null);
    try (var watcher = server.channel(job)) {
      watcher.awaitText(job);
      assertThat(watcher.send("{\"type\":\"subscribe\",\"job\":\"x\"}").next())
          .contains("Unknown field 'job'. Did you mean 'job_id'?");
      assertThat(watcher.send("{\"type\":\"subscribe\",\"job_id\":5}").next())
          .contains("job_id (5) must be a text");
      assertThat(watcher.send("{\"type\":\"cancel\",\"keep_partial\":\"yes\"}").next())
          .contains("must be true or false");
      assertThat(watcher.send("{\"type\":\"auth\",\"token\":7}").next())
          .contains("token (7) must be a text");
      assertThat(watcher.send("{\"type\":\"ping\"}").next()).contains("pong");
    }
    server.work.finish("{}");
  }

  @Test
  void cancel_runningJob_isShownAsRequestedThenCancelled() throws Exception {
    var job = server.submit(null);
    try (var watcher = server.channel(job)) {
      server.work.report(5, "five");
      watcher.awaitText("\"five\"");
      watcher.send("{\"type\":\"cancel\"}");
      watcher.awaitText("\"cancel_requested\":true");
      server.work.stopWhenTold();
      watcher.awaitText("\"status\":\"cancelled\"");
      assertThat(watcher.send("{\"type\":\"cancel\"}").next()).contains("already ended");
    }
  }

  @Test
  void logs_onlyToThoseWhoAsk_withoutJobId() throws Exception {
    var job = server.submit(null);
    try (var plain = server.channel(job);
        var curious = server.channel(job)) {
      curious.awaitText(job);
      curious.send("{\"type\":\"subscribe\",\"job_id\":\"%s\",\"logs\":true}".formatted(job));
      curious.awaitText(job);
      plain.awaitText(job);
      server.work.next(context -> {
        context.log("hello \u001B[31mred\u001B[0m \u0007world");
        return null;
      });
      var line = curious.awaitText("\"type\":\"log\"");
      assertThat(line).contains("hello red world").doesNotContain("job_id");
      server.work.finish("{}");
      plain.awaitText("\"completed\"");
      assertThat(plain.seen()).noneMatch(frame -> frame.contains("\"type\":\"log\""));
    }
  }

  @Test
  void auth_neededButNotShown_isRefused() throws Exception {
    try (var closed = new TestServer(data.resolve("closed"), TestServer::closedToAnonymous)) {
      var job = closed.submit(closed.signIn("ada@example.org"));
      try (var watcher = RecordingWatcher.connect(closed.socket("/progress/ws/" + job))) {
        watcher.send("{\"type\":\"ping\"}");
        assertThat(watcher.next()).contains("\"error\":\"Not authenticated\"");
        assertThat(watcher.awaitClose().code()).isEqualTo(1008);
      }
      var token = closed.signIn("ada@example.org");
      try (var watcher = RecordingWatcher.connect(closed.socket("/progress/ws/" + job))) {
        watcher.send("{\"type\":\"auth\",\"token\":\"%s\"}".formatted(token));
        assertThat(watcher.next()).contains(job);
      }
      try (var watcher =
          RecordingWatcher.connect(closed.socket("/progress/ws/" + job + "?token=" + token))) {
        assertThat(watcher.next()).contains(job);
      }
      closed.work.finish("{}");
    }
  }
}
