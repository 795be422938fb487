package dev.headway.server.transport.socket;

import dev.headway.core.topic.Frame;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.SocketSession;
import dev.headway.server.socket.SocketSettings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The reader of a WebSocket: joins fragments, enforces the limits, and passes messages to the
 * session as its actions.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
public final class SocketHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  /** The bytes of messages that may wait for the session. */
  private static final int MOST_UNREAD = 8 * 1024 * 1024;

  /* A field and no object of its own: there are many connections. */
  private static final AtomicIntegerFieldUpdater<SocketHandler> UNREAD =
      AtomicIntegerFieldUpdater.newUpdater(SocketHandler.class, "unread");

  private final NettyConnection connection;
  private final ConnectionLoop loop;
  private final SocketSettings settings;
  private final boolean binaryUnderstood;
  private @Nullable SocketSession session;
  private @Nullable ByteBuf fragments;
  private boolean fragmentsAreBinary;
  private boolean fragmentsAreCompressed;
  private boolean failed;
  private long second;
  private int inSecond;

  @SuppressWarnings("unused") // by its updater alone
  private volatile int unread;

  /**
   * @param binary whether binary messages are understood
   */
  public SocketHandler(
      NettyConnection connection, ConnectionLoop loop, SocketSettings settings, boolean binary) {
    this.connection = connection;
    this.loop = loop;
    this.settings = settings;
    this.binaryUnderstood = binary;
  }

  /** Begins the session; messages that arrive before are passed to it afterwards. */
  public void begin(Supplier<SocketSession> opening) {
    connection.actions().execute(() -> session = opening.get());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    connection.heartbeat().heard(loop.now());
    switch (frame) {
      case CloseWebSocketFrame close when close.rsv() == 0 -> connection.peerClosed(codeOf(close));
      case WebSocketFrame _ when failed || !connection.open() -> {}
      case WebSocketFrame odd when odd.rsv() != 0 && !compressed(odd) ->
          fail(1002, "Reserved bits");
      case PingWebSocketFrame ping -> ping(ping);
      case PongWebSocketFrame _ -> {}
      case BinaryWebSocketFrame _ when !binaryUnderstood ->
          connection.close(CloseCodes.UNSUPPORTED_DATA, "Only text is understood");
      case WebSocketFrame data -> data(data);
    }
  }

  /* The first frame of a message says so for all of them (RFC 7692, section 6). */
  private static boolean compressed(WebSocketFrame frame) {
    return frame.rsv() == WebSocketExtension.RSV1
        && (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame);
  }

  /* What came before the violation is answered first; what comes after it is not looked at. */
  private void fail(int code, String reason) {
    failed = true;
    connection.actions().execute(() -> connection.close(code, reason));
  }

  /** 1005 stands for "no code" and may not be sent (RFC 6455, section 7.4.1). */
  private static int codeOf(CloseWebSocketFrame close) {
    return close.statusCode() < 1000 || close.statusCode() == 1005
        ? CloseCodes.NORMAL
        : close.statusCode();
  }

  /* A client that reads nothing needs no pong: it would not come to an end (RFC 6455, 5.5.3). */
  private void ping(PingWebSocketFrame ping) {
    if (withinRate() && connection.output().writable()) {
      connection.output().pong(ping.content());
    }
  }

  private void data(WebSocketFrame frame) {
    if (!withinRate()) {
      return;
    }
    var content = frame.content();
    if (frame.isFinalFragment() && fragments == null) {
      deliver(content, frame instanceof BinaryWebSocketFrame, compressed(frame));
      return;
    }
    join(frame, content);
  }

  private void join(WebSocketFrame frame, ByteBuf content) {
    if (fragments == null) {
      fragments = content.alloc().buffer();
      fragmentsAreBinary = frame instanceof BinaryWebSocketFrame;
      fragmentsAreCompressed = compressed(frame);
    }
    if (fragments.readableBytes() + content.readableBytes() > largest()) {
      tooBig();
      return;
    }
    fragments.writeBytes(content);
    if (frame.isFinalFragment()) {
      deliver(fragments, fragmentsAreBinary, fragmentsAreCompressed);
      releaseFragments();
    }
  }

  private int largest() {
    return Math.max(settings.maxFrame(), connection.largestMessage());
  }

  private void tooBig() {
    loop.limits().refusals().count(RefusalReason.MESSAGE_SIZE);
    connection.close(CloseCodes.TOO_BIG, "Message too big");
  }

  /* Closes the connection when it is not. */
  private boolean withinRate() {
    var now = loop.now() / 1_000;
    if (now != second) {
      second = now;
      inSecond = 0;
    }
    inSecond++;
    if (inSecond <= Math.max(settings.maxMessagesPerSecond(), connection.mostMessages())) {
      return true;
    }
    if (connection.open()) {
      loop.limits().refusals().count(RefusalReason.MESSAGES);
      connection.close(CloseCodes.POLICY, "Rate limit exceeded");
    }
    return false;
  }

  private void deliver(ByteBuf content, boolean binary, boolean compressed) {
    var payload = new byte[content.readableBytes()];
    content.readBytes(payload);
    var bytes = compressed ? inflated(payload) : payload;
    if (bytes == null) {
      return;
    }
    if (!binary && !validUtf8(bytes)) {
      fail(1007, "Not UTF-8");
      return;
    }
    if (UNREAD.addAndGet(this, bytes.length) > MOST_UNREAD) {
      connection.close(CloseCodes.TRY_LATER, "More than the server can take; back off");
      return;
    }
    var message = binary ? Frame.binary(bytes) : Frame.text(bytes);
    connection
        .actions()
        .execute(() -> {
          UNREAD.addAndGet(this, -bytes.length);
          receive(message);
        });
  }

  /* Null when the connection had to be closed over it. */
  private byte @Nullable [] inflated(byte[] payload) {
    try {
      var bytes = Deflation.inflate(payload, largest());
      if (bytes == null) {
        tooBig();
      }
      return bytes;
    } catch (DataFormatException _) {
      fail(1007, "Not compressed as agreed");
      return null;
    }
  }

  private void receive(Frame message) {
    if (session != null && connection.open()) {
      session.received(message);
    }
  }

  private static boolean validUtf8(byte[] bytes) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      connection.writableAgain();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.gone();
    releaseFragments();
    connection
        .actions()
        .execute(() -> {
          if (session != null) {
            session.closed();
          }
        });
  }

  private void releaseFragments() {
    if (fragments != null) {
      fragments.release();
      fragments = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException violation) {
      var status = violation.closeStatus();
      fail(status.code(), status.reasonText());
      return;
    }
    // The peer has reset the connection: channelInactive follows.
    context.close();
  }
}
