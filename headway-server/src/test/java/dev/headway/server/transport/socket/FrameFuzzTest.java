package dev.headway.server.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.topic.Frame;
import dev.headway.server.limit.Refusals;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.SocketSettings;
import dev.headway.server.transport.fanout.Framing;
import dev.headway.testkit.ManualClock;
import dev.headway.testkit.fuzz.Fuzzing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Fuzzing of the bytes of a WebSocket, with and without compression: messages that reach the
 * session are within the limit and texts are UTF-8; the server's own frames are whole, and it
 * closes with a code for what it does not take.
 */
public final class FrameFuzzTest {
  private static final SocketSettings SETTINGS = SocketSettings.DEFAULT;
  private static final Heartbeat.Intervals INTERVALS =
      new Heartbeat.Intervals(25_000, 25_000, 250_000, 3_000);
  private static final ConnectionLoop LOOP =
      new ConnectionLoop(
          new EmbeddedChannel().eventLoop(),
          Runnable::run,
          _ -> true,
          new ConnectionLimits(ConnectionLimits.Settings.DEFAULT, new Refusals()),
          ManualClock.atNoon(),
          () -> 0,
          SETTINGS);

  /** Takes one input, whose first byte says whether compression was agreed on. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var channel = new EmbeddedChannel();
    var connection =
        new NettyConnection(channel, Framing.WEB_SOCKET, LOOP, new Heartbeat(INTERVALS, 0, 25_000));
    var handler = new SocketHandler(connection, LOOP, SETTINGS, (input[0] & 2) == 0);
    channel.pipeline().addLast(new WebSocket13FrameDecoder(config(input[0])), handler);
    handler.begin(() -> FrameFuzzTest::check);
    channel.writeInbound(Unpooled.wrappedBuffer(input, 1, input.length - 1));
    channel.runPendingTasks();
    checkSent(channel);
    channel.finishAndReleaseAll();
  }

  private static WebSocketDecoderConfig config(byte first) {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(SETTINGS.maxFrame())
        .allowExtensions((first & 1) != 0)
        .closeOnProtocolViolation(false)
        .build();
  }

  private static void check(Frame message) {
    assertThat(message.bytes().length).isLessThanOrEqualTo(SETTINGS.maxFrame());
    try {
      if (!message.isBinary()) {
        var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message.bytes()));
      }
    } catch (CharacterCodingException malformed) {
      throw new AssertionError("A text reached the session that is not UTF-8", malformed);
    }
  }

  private static void checkSent(EmbeddedChannel channel) {
    var closed = false;
    for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      assertThat(closed).as("nothing follows a close frame").isFalse();
      var opcode = sent.getUnsignedByte(0) & 0x0F;
      assertThat(sent.readableBytes()).isEqualTo(2 + sent.getUnsignedByte(1));
      assertThat(opcode).isIn(8, 10);
      closed = opcode == 8;
      if (closed) {
        assertThat(sent.getUnsignedShort(2)).isGreaterThanOrEqualTo(1000); // its own, or an echo
      }
      sent.release();
    }
  }

  @Test
  void bytes_ofAnyKind_areMessagesOrEndTheConnection() {
    Fuzzing.run(FrameFuzzTest.class, FrameFuzzTest::fuzzerTestOneInput);
  }
}
