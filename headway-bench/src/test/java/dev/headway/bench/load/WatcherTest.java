package dev.headway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages read from the bytes that a watcher is sent, however they are cut. */
final class WatcherTest {
  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

  private final Tally tally = new Tally();
  private final Flow flow =
      new Flow(
          Flow.Source.http(
              InetSocketAddress.createUnresolved("localhost", 1), Publication.raw("#######")),
          Script.of("/watch").then("hello", "watch this").then("watching", ""));
  private final Watcher watcher = new Watcher(flow, tally);
  private final EmbeddedChannel channel = new EmbeddedChannel(watcher);

  @AfterEach
  void release() {
    channel.finishAndReleaseAll();
  }

  private static byte[] frame(int opcode, String payload) {
    var bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
    var frame = Unpooled.buffer().writeByte(0x80 | opcode);
    if (bytes.length < 126) {
      frame.writeByte(bytes.length);
    } else {
      frame.writeByte(126).writeShort(bytes.length);
    }
    frame.writeBytes(bytes);
    return ByteBufUtil.getBytes(frame);
  }

  private static byte[] message(long number) {
    return frame(1, "{\"percent\":1.5,\"message\":\"bench-n:%d\",\"done\":1}".formatted(number));
  }

  private void receive(byte[] bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes));
  }

  private void begin() {
    receive(SWITCHED.getBytes(StandardCharsets.US_ASCII));
    receive(frame(1, "{\"hello\":1}"));
    receive(frame(1, "{\"watching\":\"bench-n:1000000\"}"));
    flow.watchedBy(1);
    tally.begin();
  }

  private String sent() {
    var text = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(out.toString(StandardCharsets.ISO_8859_1)).append('\n');
      out.release();
    }
    return text.toString();
  }

  private Counted counted() {
    tally.end();
    return tally.counted();
  }

  @Test
  void script_answeredStepByStep_leadsToWatching() {
    assertThat(sent()).startsWith("GET /watch HTTP/1.1\r\n");
    begin();
    assertThat(sent()).contains("watch this");
    assertThat(watcher.ready()).isCompletedWithValue(watcher);
  }

  @Test
  void handshake_refused_saysWhat() {
    receive("HTTP/1.1 503 Service Unavailable\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> watcher.ready().join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("503");
  }

  @Test
  void messages_severalInOneRead_areAllCounted() {
    begin();
    var two = Unpooled.buffer();
    for (var each = 0; each < 2; each++) {
      two.writeBytes(message(flow.next(System.nanoTime())));
    }
    receive(ByteBufUtil.getBytes(two));
    assertThat(counted().deliveries()).isEqualTo(2);
    assertThat(watcher.lacks()).isFalse();
  }

  @Test
  void message_cutAnywhere_isCountedOnce() {
    begin();
    for (var cut = 1; cut < message(1_000_001).length; cut++) {
      var bytes = message(flow.next(System.nanoTime()));
      receive(Arrays.copyOfRange(bytes, 0, cut));
      receive(Arrays.copyOfRange(bytes, cut, bytes.length));
    }
    var counted = counted();
    assertThat(counted.deliveries()).isEqualTo(message(1_000_001).length - 1);
    assertThat(counted.order().faults()).isZero();
  }

  @Test
  void stream_cutIntoFramesAnywhere_isReadAsOne() {
    var streamed = new Flow(flow.source(), Script.of("/").inBinary().then("INFO", ""));
    var reader = new EmbeddedChannel(new Watcher(streamed, tally));
    reader.writeInbound(Unpooled.copiedBuffer(SWITCHED, StandardCharsets.US_ASCII));
    reader.writeInbound(Unpooled.copiedBuffer(frame(2, "INFO")));
    streamed.watchedBy(1);
    tally.begin();
    var text = new StringBuilder();
    for (var each = 0; each < 40; each++) {
      text.append("MSG 9\r\nbench-n:").append(streamed.next(System.nanoTime())).append("\r\n");
    }
    for (var from = 0; from < text.length(); from += 31) {
      var piece = text.substring(from, Math.min(text.length(), from + 31));
      reader.writeInbound(Unpooled.copiedBuffer(frame(2, piece)));
    }
    var counted = counted();
    assertThat(counted.deliveries()).isEqualTo(40);
    assertThat(counted.order().faults()).isZero();
    reader.finishAndReleaseAll();
  }

  @Test
  void numbers_withFaults_areToldApart() {
    begin();
    for (var each = 0; each < 5; each++) {
      flow.next(System.nanoTime());
    }
    receive(message(1_000_001));
    receive(message(1_000_003));
    receive(message(1_000_003));
    receive(message(1_000_002));
    receive(message(1_000_005));
    var order = counted().order();
    assertThat(order.lost()).isEqualTo(2);
    assertThat(order.duplicates()).isEqualTo(1);
    assertThat(order.disordered()).isEqualTo(1);
  }

  @Test
  void gap_thatIsDeclared_isNotLost() {
    begin();
    for (var each = 0; each < 4; each++) {
      flow.next(System.nanoTime());
    }
    receive(frame(1, "{\"conflated\":3,\"message\":\"bench-n:1000004\"}"));
    var order = counted().order();
    assertThat(order.passedOver()).isEqualTo(3);
    assertThat(order.faults()).isZero();
  }

  @Test
  void ping_ofTheProtocol_isAnswered() {
    begin();
    sent();
    receive(frame(9, "now"));
    assertThat(sent()).endsWith("now\n").startsWith("\u008a");
  }

  @Test
  void close_byTheServer_isAFault() {
    begin();
    receive(frame(8, "\u0003\u00f0bye"));
    assertThat(counted().order().closed()).isEqualTo(1);
  }
}
