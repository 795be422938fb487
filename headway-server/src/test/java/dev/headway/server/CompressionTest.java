package dev.headway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.RawSocket.Raw;
import dev.headway.server.socket.SocketSettings;
import dev.headway.testkit.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Messages once a client and the server have agreed on {@code permessage-deflate}. */
final class CompressionTest {
  private static final String OFFER =
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
  private static final int TEXT = 1;
  private static final int COMPRESSED = 0x40;
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

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

  private RawSocket stream(String... headers) throws IOException {
    return new RawSocket(server.server.port(), "/api/v1/stream", headers);
  }

  private RawSocket channel(String job) throws IOException {
    return new RawSocket(server.server.port(), "/progress/ws/" + job, OFFER);
  }

  private static byte[] inflated(Raw frame) throws IOException {
    assertThat(frame.compressed()).isTrue();
    var out = new ByteArrayOutputStream();
    try (var inflater = new InflaterOutputStream(out, new Inflater(true))) {
      inflater.write(frame.payload());
      inflater.write(TAIL);
    }
    return out.toByteArray();
  }

  private static String text(Raw frame) throws IOException {
    return new String(frame.compressed() ? inflated(frame) : frame.payload(), UTF_8);
  }

  private static byte[] deflated(byte[] message) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out, new Deflater(9, true), 512, true)) {
      deflater.write(message);
      deflater.flush();
      return Arrays.copyOf(out.toByteArray(), out.size() - TAIL.length);
    }
  }

  private static byte[] deflated(String message) throws IOException {
    return deflated(message.getBytes(UTF_8));
  }

  /** The next message that contains something; others are passed over. */
  private static Raw await(RawSocket socket, String part) throws IOException {
    var frame = socket.readRaw();
    while (!text(frame).contains(part)) {
      frame = socket.readRaw();
    }
    return frame;
  }

  private static String watch(String topic) {
    return "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"%s\",\"logs\":true}]}"
        .formatted(topic);
  }

  private void log(String line) throws InterruptedException {
    server.work.next(context -> {
      context.log(line);
      return null;
    });
  }

  @Test
  void handshake_withAnOffer_isAnsweredWithoutContextTakeover() throws Exception {
    try (var socket = stream(OFFER)) {
      assertThat(socket.head().toLowerCase(Locale.ROOT))
          .contains(
              "sec-websocket-extensions: permessage-deflate; server_no_context_takeover;"
                  + " client_no_context_takeover\r\n");
    }
  }

  @Test
  void handshake_withoutAnAcceptableOffer_goesOnWithoutCompression() throws Exception {
    var small = "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9";
    try (var socket = stream(small)) {
      assertThat(socket.head().toLowerCase(Locale.ROOT)).doesNotContain("extensions");
      assertThat(text(socket.readRaw())).contains("hello");
    }
  }

  @Test
  void handshake_onAServerWithoutCompression_goesOnWithoutIt() throws Exception {
    var standard = SocketSettings.DEFAULT;
    var never =
        new SocketSettings(
            standard.ping(),
            standard.pong(),
            standard.idle(),
            standard.maxFrame(),
            standard.maxMessagesPerSecond(),
            standard.maxBody(),
            0);
    try (var plain = new TestServer(data.resolve("plain"), config -> config.withSockets(never));
        var socket = new RawSocket(plain.server.port(), "/api/v1/stream", OFFER)) {
      assertThat(socket.head().toLowerCase(Locale.ROOT)).doesNotContain("extensions");
    }
  }

  @Test
  void event_thatIsLarge_isTheSameCompressedBytesForAllWhoAgreed() throws Exception {
    var topic = "job:" + server.submit(null);
    try (var one = stream(OFFER);
        var two = stream(OFFER);
        var plain = stream()) {
      for (var socket : new RawSocket[] {one, two, plain}) {
        socket.sendText(watch(topic));
        await(socket, "\"re\":1");
      }
      var line = "the same again ".repeat(100);
      log(line);
      var first = await(one, "the same again");
      assertThat(first.compressed()).isTrue();
      assertThat(first.payload()).hasSizeLessThan(400);
      assertThat(await(two, "the same again")).isEqualTo(first);

      var whole = await(plain, "the same again");
      assertThat(whole.compressed()).isFalse();
      assertThat(inflated(first)).isEqualTo(whole.payload());
    }
    server.work.finish("{}");
  }

  @Test
  void event_thatIsSmall_goesOutAsItIs() throws Exception {
    var topic = "job:" + server.submit(null);
    try (var socket = stream(OFFER)) {
      socket.sendText(watch(topic));
      await(socket, "\"re\":1");
      server.work.report(10, "ten");
      assertThat(await(socket, "\"ten\"").compressed()).isFalse();
    }
    server.work.finish("{}");
  }

  @Test
  void reply_thatIsLarge_isCompressed() throws Exception {
    var topic = "job:" + server.submit(null);
    server.work.report(10, "ten ".repeat(400));
    var shown = "/api/v1/jobs/" + topic.substring("job:".length());
    Awaitility.await()
        .atMost(Patience.LONG)
        .until(() -> server.call("GET", shown, null, null).body().contains("ten ten"));
    try (var socket = stream(OFFER)) {
      socket.sendText(watch(topic));
      var reply = await(socket, "\"re\":1");
      assertThat(text(reply)).contains("ten ten ten");
      assertThat(reply.compressed()).isTrue();
    }
    server.work.finish("{}");
  }

  @Test
  void cbor_thatIsLarge_isCompressedAndBinary() throws Exception {
    var topic = "job:" + server.submit(null);
    var cbor = "Sec-WebSocket-Protocol: headway.v1.cbor";
    try (var socket = stream(OFFER, cbor);
        var plain = stream(cbor)) {
      var watched = List.of(Map.of("topic", topic, "logs", true));
      var watch = Map.of("op", "watch", "id", 1, "topics", watched);
      for (var each : new RawSocket[] {socket, plain}) {
        each.send(2, new CBORMapper().writeValueAsBytes(watch), true);
        await(each, "watching");
      }
      log("the same again ".repeat(100));
      var event = await(socket, "the same again");
      assertThat(event.head()).isEqualTo(0xC2);
      assertThat(inflated(event)).isEqualTo(await(plain, "the same again").payload());
    }
    server.work.finish("{}");
  }

  @Test
  void slowWatcher_readingLate_isSentEveryCompressedEventWholeAndInOrder() throws Exception {
    var topic = "job:" + server.submit(null);
    var random = new Random(11);
    try (var slow = stream(OFFER)) {
      slow.sendText(watch(topic));
      await(slow, "\"re\":1");
      var lines = new String[1_000];
      for (var at = 0; at < lines.length; at++) {
        var noise = new byte[950];
        random.nextBytes(noise);
        lines[at] = at + ":" + HexFormat.of().formatHex(noise);
        log(lines[at]);
      }
      server.work.finish("{}");
      for (var line : lines) {
        var event = slow.readRaw();
        while (!text(event).contains("\"log\"")) {
          event = slow.readRaw();
        }
        assertThat(event.compressed()).isTrue();
        assertThat(text(event)).contains('"' + line + '"');
      }
    }
  }

  @Test
  void message_compressed_isUnderstood() throws Exception {
    try (var socket = channel(server.submit(null))) {
      socket.send(COMPRESSED | TEXT, deflated("{\"type\":\"ping\"}"), true);
      await(socket, "pong");
      socket.sendText("{\"type\":\"ping\"}");
      await(socket, "pong");
    }
    server.work.finish("{}");
  }

  @Test
  void message_compressedAndInFragments_isUnderstood() throws Exception {
    try (var socket = channel(server.submit(null))) {
      var message = deflated("{\"type\":\"ping\"" + " ".repeat(2_000) + "}");
      socket.sendFrame(COMPRESSED | TEXT, Arrays.copyOf(message, 1));
      socket.sendFrame(0, Arrays.copyOfRange(message, 1, 7));
      socket.sendFrame(0x89, new byte[0]); // a ping may come between
      socket.sendFrame(0x80, Arrays.copyOfRange(message, 7, message.length));
      await(socket, "pong");
    }
    server.work.finish("{}");
  }

  @Test
  void message_thatIsLongerThanAllowedOnceInflated_closesWith1009() throws Exception {
    try (var socket = channel(server.submit(null))) {
      var bomb = deflated(new byte[8_000_000]);
      assertThat(bomb).hasSizeLessThan(10_240);
      socket.send(COMPRESSED | TEXT, bomb, true);
      assertThat(socket.readClose()).isEqualTo(1009);
    }
    server.work.finish("{}");
  }

  @Test
  void message_thatIsLongerThanAllowedInFragments_closesWith1009() throws Exception {
    try (var socket = channel(server.submit(null))) {
      var noise = new byte[6_000];
      new Random(3).nextBytes(noise);
      socket.sendFrame(COMPRESSED | TEXT, deflated(noise));
      socket.sendFrame(0x80, noise);
      assertThat(socket.readClose()).isEqualTo(1009);
    }
    server.work.finish("{}");
  }

  @Test
  void message_thatCannotBeInflated_closesWith1007() throws Exception {
    try (var socket = channel(server.submit(null))) {
      socket.send(COMPRESSED | TEXT, new byte[] {(byte) 0xFF, 1, 2, 3}, true);
      assertThat(socket.readClose()).isEqualTo(1007);
    }
    server.work.finish("{}");
  }

  /* Reserved bits on a control frame, in the middle of a message, and one that means nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0x80 | COMPRESSED | 9, 0x80 | 0x20 | TEXT, 0x80 | 0x10 | TEXT})
  void frame_withReservedBitsThatMeanNothing_closesWith1002(int head) throws Exception {
    try (var socket = channel(server.submit(null))) {
      socket.sendFrame(head, new byte[] {'{', '}'});
      assertThat(socket.readClose()).isEqualTo(1002);
    }
    server.work.finish("{}");
  }

  @Test
  void fragment_thatIsCompressedButTheFirstIsNot_closesWith1002() throws Exception {
    try (var socket = channel(server.submit(null))) {
      socket.sendFrame(TEXT, new byte[] {'{'});
      socket.sendFrame(0x80 | COMPRESSED, new byte[] {'}'});
      assertThat(socket.readClose()).isEqualTo(1002);
    }
    server.work.finish("{}");
  }

  @Test
  void message_compressedWithoutAgreement_closesWith1002() throws Exception {
    try (var socket = stream()) {
      socket.send(COMPRESSED | TEXT, deflated("{\"op\":\"ping\"}"), true);
      assertThat(socket.readClose()).isEqualTo(1002);
    }
  }
}
