package dev.headway.client.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.headway.client.http.Rest;
import dev.headway.client.http.Tokens;
import dev.headway.client.link.ConnectionEnd;
import dev.headway.client.stream.ConnectionState.Connected;
import dev.headway.client.stream.ConnectionState.Reconnecting;
import dev.headway.client.stream.ConnectionState.TokenRefused;
import dev.headway.client.time.Timing;
import dev.headway.testkit.ManualClock;
import dev.headway.testkit.ManualTimer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicStreamTest {
  private static final Topic TOPIC = Topic.schedule(12);
  private static final String SNAPSHOT =
      """
      {"re":1,"watching":[{"topic":"schedule:12","recovered":false,"cursor":"e1-4",
       "snapshot":{"status":"in_progress","percent":50,"step":"planning"}}],"refused":[]}\
      """;

  private final ManualClock clock = ManualClock.atNoon();
  private final ManualTimer timer = new ManualTimer(clock);
  private final FakeDialer webSocket = new FakeDialer();
  private final FakeDialer events = new FakeDialer();
  private final RecordingListener listener = new RecordingListener();
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable String token = "token-1";
  private HttpServer health;
  private TopicStream stream;

  @BeforeEach
  void start() throws IOException {
    health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    health.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    health.start();
    var origin = URI.create("http://127.0.0.1:" + health.getAddress().getPort());
    var rest = new Rest(http, origin, new Tokens(() -> token), clock, renewed -> {});
    var timing =
        new Timing(clock, (delay, task) -> timer.schedule(delay, task)::run, new Random(7));
    stream = new TopicStream(rest, webSocket, events, timing);
  }

  @AfterEach
  void stop() {
    health.stop(0);
    http.close();
  }

  private Watch watch(Interest... interests) {
    var watch = stream.watch(List.of(interests), listener);
    timer.runDue();
    return watch;
  }

  private void connected() {
    watch(Interest.in(TOPIC));
    webSocket.last().saysHello();
    webSocket.last().says(SNAPSHOT);
    timer.runDue();
  }

  private static String progress(int offset, int percent) {
    return """
    {"topic":"schedule:12","cursor":"e1-%d","type":"progress","at":"2026-03-01T12:00:00.000Z",
     "data":{"attempt":1,"percent":%d,"step":"planning","message":"m"}}\
    """
        .formatted(offset, percent);
  }

  private void ends(ConnectionEnd ending) {
    webSocket.last().ends(ending);
    timer.runDue();
  }

  private Duration reconnectDelay() {
    assertThat(listener.lastState()).isInstanceOf(Reconnecting.class);
    return ((Reconnecting) listener.states.getLast()).after();
  }

  @Test
  void watch_helloSaid_asksForTheTopicAndPassesOnWhatComes() {
    connected();
    webSocket.last().says(progress(5, 60));
    timer.runDue();
    assertThat(webSocket.last().sent())
        .containsExactly("{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"schedule:12\"}]}");
    assertThat(listener.states).containsExactly(new Connected(true));
    assertThat(listener.snapshots).hasSize(1);
    assertThat(listener.events).hasSize(1);
    assertThat(
            JobState.of(listener.snapshots.getFirst()).after(listener.events.getFirst()).percent())
        .isEqualTo(60.0);
    assertThat(webSocket.last().read()).isEqualTo(3);
  }

  @Test
  void watch_fromACursor_resumesThereWithoutASnapshot() {
    watch(Interest.in(TOPIC).after("e1-3").withLogs());
    webSocket.last().saysHello();
    webSocket
        .last()
        .says(
            "{\"re\":1,\"watching\":[{\"topic\":\"schedule:12\",\"recovered\":true,"
                + "\"cursor\":\"e1-3\",\"snapshot\":null}],\"refused\":[]}");
    timer.runDue();
    assertThat(webSocket.last().sent().getFirst())
        .contains("{\"topic\":\"schedule:12\",\"after\":\"e1-3\",\"logs\":true}");
    assertThat(listener.snapshots).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 1006, 1012})
  void end_serverLeaving_reconnectsWithinItsWindowAndResumes(int code) {
    connected();
    webSocket.last().says(progress(5, 60));
    ends(new ConnectionEnd.Closed(code, ""));
    assertThat(reconnectDelay()).isBetween(Duration.ofMillis(200), Duration.ofMillis(4_000));
    assertThat(webSocket.dialled()).isEqualTo(1);
    timer.advance(reconnectDelay());
    assertThat(webSocket.dialled()).isEqualTo(2);
    webSocket.last().saysHello();
    timer.runDue();
    assertThat(webSocket.last().sent().getFirst()).contains("\"after\":\"e1-5\"");
  }

  @Test
  void end_tooSlow_resumesAtOnce() {
    connected();
    ends(new ConnectionEnd.Closed(4429, "Too slow"));
    assertThat(webSocket.dialled()).isEqualTo(2);
  }

  @Test
  void end_overloaded_waitsLongerThanTheWindowAllowsOtherwise() {
    var longest = Duration.ZERO;
    connected();
    for (var i = 0; i < 8; i++) {
      ends(new ConnectionEnd.Closed(1013, ""));
      longest = longest.compareTo(reconnectDelay()) > 0 ? longest : reconnectDelay();
      timer.advance(reconnectDelay());
      webSocket.last().saysHello();
      timer.advance(Duration.ofSeconds(10));
    }
    assertThat(longest).isGreaterThan(Duration.ofSeconds(4)).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void end_refusedWithRetryAfter_waitsAtLeastThatLong() {
    connected();
    ends(new ConnectionEnd.Refused(503, Duration.ofMinutes(2)));
    assertThat(reconnectDelay()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void backoff_unstableConnections_growsAndIsResetByAStableOne() {
    watch(Interest.in(TOPIC));
    var sum = Duration.ZERO;
    for (var i = 0; i < 12; i++) {
      webSocket.last().saysHello();
      timer.advance(Duration.ofSeconds(9));
      ends(new ConnectionEnd.Lost("reset"));
      sum = sum.plus(reconnectDelay());
      timer.advance(reconnectDelay());
    }
    assertThat(sum).isGreaterThan(Duration.ofMinutes(2)).isLessThan(Duration.ofMinutes(12));
    webSocket.last().saysHello();
    timer.advance(Duration.ofSeconds(11));
    ends(new ConnectionEnd.Lost("reset"));
    assertThat(reconnectDelay()).isBetween(Duration.ofMillis(200), Duration.ofMillis(4_000));
  }

  @ParameterizedTest
  @ValueSource(ints = {4401, 4403, 4408, 4410})
  void end_tokenRefused_reconnectsOnlyWithAnotherToken(int code) {
    connected();
    ends(new ConnectionEnd.Closed(code, "Token expired"));
    assertThat(listener.lastState()).isInstanceOf(TokenRefused.class);
    timer.advance(Duration.ofHours(2));
    assertThat(webSocket.dialled()).isEqualTo(1);
    token = "token-2";
    timer.advance(Duration.ofSeconds(15));
    assertThat(webSocket.dialled()).isEqualTo(2);
  }

  @Test
  void end_tokenRefusedWhileAnotherIsAtHand_reconnectsWithIt() {
    connected();
    token = "token-2";
    ends(new ConnectionEnd.Closed(4401, "Token expired"));
    timer.advance(reconnectDelay());
    assertThat(webSocket.dialled()).isEqualTo(2);
  }

  @Test
  void tokenReplaced_whileConnected_sendsAuth() {
    connected();
    token = "token-2";
    stream.tokenReplaced();
    timer.runDue();
    assertThat(webSocket.last().sent().getLast())
        .isEqualTo("{\"op\":\"auth\",\"id\":2,\"token\":\"token-2\"}");
  }

  @Test
  void end_handshakeNotUnderstood_takesServerSentEventsAndComesBackLater() {
    watch(Interest.in(TOPIC));
    ends(new ConnectionEnd.Refused(404, Duration.ZERO));
    timer.advance(reconnectDelay());
    events.last().saysHello();
    timer.runDue();
    assertThat(listener.lastState()).isEqualTo(new Connected(false));
    timer.advance(Duration.ofMinutes(10));
    events.last().ends(new ConnectionEnd.Lost("cut"));
    timer.runDue();
    timer.advance(reconnectDelay());
    assertThat(webSocket.dialled()).isEqualTo(2);
  }

  @Test
  void hello_neverSaidTwice_takesServerSentEvents() {
    watch(Interest.in(TOPIC));
    timer.advance(Duration.ofSeconds(15));
    timer.advance(reconnectDelay());
    assertThat(webSocket.dialled()).isEqualTo(2);
    timer.advance(Duration.ofSeconds(15));
    timer.advance(reconnectDelay());
    assertThat(webSocket.dialled()).isEqualTo(2);
    assertThat(events.dialled()).isEqualTo(1);
  }

  @Test
  void silence_serverAnswersElsewhere_connectsAnewAtOnce() {
    connected();
    timer.advance(Duration.ofSeconds(35));
    assertThat(webSocket.last().sent().getLast()).contains("\"op\":\"ping\"");
    assertThat(webSocket.dialled()).isEqualTo(1);
    timer.advance(Duration.ofSeconds(5));
    timer.runDue();
    assertThat(webSocket.dialled()).isEqualTo(2);
  }

  @Test
  void silence_serverGone_waitsBeforeConnecting() {
    connected();
    health.stop(0);
    timer.advance(Duration.ofSeconds(40));
    timer.runDue();
    assertThat(reconnectDelay()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  void silence_brokenByPings_isNone() {
    connected();
    for (var i = 0; i < 10; i++) {
      timer.advance(Duration.ofSeconds(25));
      webSocket.last().isAlive();
      timer.runDue();
    }
    assertThat(webSocket.last().sent()).hasSize(1);
    assertThat(webSocket.last().aborted()).isFalse();
  }

  @Test
  void reply_topicRefused_isToldAndNotAskedForAgain() {
    watch(Interest.in(TOPIC));
    webSocket.last().saysHello();
    webSocket
        .last()
        .says(
            "{\"re\":1,\"watching\":[],\"refused\":[{\"topic\":\"schedule:12\","
                + "\"code\":\"NOT_FOUND\"}]}");
    timer.runDue();
    assertThat(listener.refusals).containsExactly(new Refusal(TOPIC, "NOT_FOUND"));
  }

  @Test
  void reply_snapshotInParts_isToldOnceAndWhole() {
    watch(Interest.in(Topic.parse("user:1")));
    webSocket.last().saysHello();
    var part =
        "{\"re\":1,\"watching\":[{\"topic\":\"user:1\",\"recovered\":false,\"cursor\":\"e1-4\","
            + "\"snapshot\":{\"jobs\":[%s]}}],\"refused\":[]%s}";
    webSocket.last().says(part.formatted("1,2", ",\"more\":true"));
    webSocket.last().says(part.formatted("3", ""));
    timer.runDue();
    assertThat(listener.snapshots).hasSize(1);
    assertThat(listener.snapshots.getFirst().state().toString()).isEqualTo("{\"jobs\":[1,2,3]}");
  }

  @Test
  void event_afterAGap_saysHowMuchWasPassedOver() {
    connected();
    webSocket.last().says(progress(9, 70).replaceFirst("\\{", "{\"conflated\":4,"));
    timer.runDue();
    assertThat(listener.events.getFirst().conflated()).isEqualTo(4);
  }

  @Test
  void event_batch_isTakenApart() {
    connected();
    webSocket.last().says("[" + progress(5, 60) + "," + progress(6, 70) + "]");
    timer.runDue();
    assertThat(listener.events).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "7", "{\"topic\":\"?\",\"type\":\"x\"}", "{\"new\":\"thing\"}", "[[]]"})
  void frame_notUnderstood_isLeftOut(String frame) {
    connected();
    webSocket.last().says(frame);
    webSocket.last().says(progress(5, 60));
    timer.runDue();
    assertThat(listener.events).hasSize(1);
    assertThat(webSocket.last().aborted()).isFalse();
  }

  @Test
  void listener_throws_doesNotEndTheWatching() {
    var broken =
        new WatchListener() {
          @Override
          public void onSnapshot(Snapshot snapshot) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void onEvent(Event event) {}
        };
    stream.watch(List.of(Interest.in(TOPIC)), broken);
    connected();
    assertThat(listener.snapshots).hasSize(1);
  }

  @Test
  void watch_topicAlreadyWatched_givesTheNewcomerItsStateAndTakesNothingFromTheOthers() {
    connected();
    webSocket.last().says(progress(5, 60));
    timer.runDue();
    var newcomer = new RecordingListener();
    stream.watch(List.of(Interest.in(TOPIC)), newcomer);
    webSocket.last().says(progress(6, 70));
    timer.runDue();
    assertThat(webSocket.dialled()).isEqualTo(1);
    assertThat(webSocket.last().sent()).hasSize(1);
    assertThat(JobState.of(newcomer.snapshots.getFirst()).percent()).isEqualTo(60.0);
    assertThat(newcomer.snapshots.getFirst().cursor()).isEqualTo("e1-5");
    assertThat(newcomer.events).extracting(Event::cursor).containsExactly("e1-6");
    assertThat(listener.snapshots).hasSize(1);
    assertThat(listener.events).hasSize(2);
  }

  @Test
  void watch_topicAlreadyWatchedNowWithLogs_goesOnFromThePresentCursor() {
    connected();
    watch(Interest.in(TOPIC).withLogs());
    assertThat(webSocket.last().sent().getLast()).contains("\"after\":\"e1-4\",\"logs\":true");
  }

  @Test
  void watch_feedAlreadyWatched_asksForItAnew() {
    var feed = Topic.parse("user:1");
    watch(Interest.in(feed));
    webSocket.last().saysHello();
    timer.runDue();
    watch(Interest.in(feed));
    assertThat(webSocket.last().sent()).hasSize(2);
  }

  @Test
  void end_topicHasEnded_isNotAskedForAgain() {
    var other = Topic.schedule(13);
    watch(Interest.in(TOPIC), Interest.in(other));
    webSocket.last().saysHello();
    webSocket.last().says(SNAPSHOT);
    webSocket.last().says(progress(5, 100).replace("progress", "completed"));
    ends(new ConnectionEnd.Lost("reset"));
    timer.advance(reconnectDelay());
    webSocket.last().saysHello();
    timer.runDue();
    assertThat(webSocket.last().sent().getFirst())
        .contains("schedule:13")
        .doesNotContain("schedule:12");
  }

  @Test
  void close_lastWatch_endsTheConnection() {
    var first = watch(Interest.in(TOPIC));
    var second = watch(Interest.in(Topic.schedule(13)));
    webSocket.last().saysHello();
    first.close();
    timer.runDue();
    assertThat(webSocket.last().sent().getLast())
        .contains("\"op\":\"unwatch\"")
        .contains("schedule:12");
    assertThat(webSocket.last().aborted()).isFalse();
    second.close();
    timer.runDue();
    assertThat(webSocket.last().aborted()).isTrue();
    timer.advance(Duration.ofHours(1));
    assertThat(webSocket.dialled()).isEqualTo(1);
  }

  @Test
  void cancel_watchedTopic_isSent() {
    var watch = watch(Interest.in(TOPIC));
    webSocket.last().saysHello();
    timer.runDue();
    watch.cancel(TOPIC);
    timer.runDue();
    assertThat(webSocket.last().sent().getLast())
        .isEqualTo("{\"op\":\"cancel\",\"id\":2,\"topic\":\"schedule:12\"}");
  }

  @Test
  void notice_degraded_isToldAndTakenBack() {
    connected();
    webSocket.last().says("{\"notice\":\"degraded\"}");
    webSocket.last().says("{\"notice\":\"restored\"}");
    timer.runDue();
    assertThat(listener.states)
        .containsExactly(new Connected(true), new ConnectionState.Degraded(), new Connected(true));
  }

  @Test
  void watch_manyTopics_staysUnderTheFrameLimit() {
    var interests =
        IntStream.range(0, 100)
            .mapToObj(i -> Interest.in(Topic.job(new UUID(1, i))).after("e".repeat(60) + "-1"))
            .toArray(Interest[]::new);
    watch(interests);
    webSocket.last().saysHello();
    timer.runDue();
    assertThat(webSocket.last().sent()).hasSize(3).allMatch(frame -> frame.length() < 10_240);
  }
}
