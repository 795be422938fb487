package dev.headway.server.transport.socket;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Frame;
import dev.headway.server.transport.fanout.DirectWrite;
import dev.headway.server.transport.fanout.Encoding;
import dev.headway.server.transport.fanout.Framing;
import dev.headway.server.transport.fanout.Outlet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.unix.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing half of a connection: its own frames, bytes that it shares with other connections,
 * control frames. Used on the connection's event loop.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class ConnectionOutput implements Outlet {
  /** The longest reason of a close frame in bytes (RFC 6455, section 5.5). */
  private static final int LONGEST_REASON = 123;

  private final Channel channel;
  private final Framing framing;
  private final ConnectionLoop loop;
  private final Heartbeat heartbeat;
  private final TopicWatches watches;
  private final boolean direct;
  private @Nullable Deflation deflation;
  private boolean ended;

  /**
   * @param watches whose direct writes must not overtake bytes that wait in the channel's queue
   */
  ConnectionOutput(
      Channel channel,
      Framing framing,
      ConnectionLoop loop,
      Heartbeat heartbeat,
      TopicWatches watches) {
    this.channel = channel;
    this.framing = framing;
    this.loop = loop;
    this.heartbeat = heartbeat;
    this.watches = watches;
    this.direct = DirectWrite.possible(channel);
  }

  /** Turns compression on. Called before anything is sent. */
  void compress() {
    deflation = loop.deflation();
  }

  /** The encoding of the events that this connection is sent. */
  Encoding encoding(Dialect dialect) {
    return deflation == null
        ? new Encoding(dialect, framing)
        : new Encoding(new DeflatedDialect(dialect, deflation), Framing.WHOLE_MESSAGE);
  }

  @Override
  public boolean writable() {
    return !ended && channel.isWritable();
  }

  /** Returns whether the connection is open and its close has not begun. */
  boolean open() {
    return channel.isActive() && !ended;
  }

  /** Writes a frame of this connection's own. */
  void write(Frame frame) {
    var sent = deflation == null ? frame : deflation.message(frame);
    var wrapping = deflation == null ? framing : Framing.WHOLE_MESSAGE;
    var length = sent.bytes().length;
    var bytes = channel.alloc().directBuffer(length + wrapping.overhead(length));
    wrapping.write(sent, bytes);
    writeOwned(bytes);
  }

  @Override
  public @Nullable Socket writeShared(ByteBuf bytes) {
    var socket = direct ? DirectWrite.free(channel) : null;
    var taken = socket == null ? 0 : DirectWrite.write(socket, bytes);
    var rest = bytes.readableBytes() - taken;
    if (rest > 0) {
      writeOwned(bytes.retainedSlice(bytes.readerIndex() + taken, rest));
      return null;
    }
    heartbeat.sent(loop.now());
    return socket;
  }

  private void writeOwned(ByteBuf bytes) {
    heartbeat.sent(loop.now());
    enqueue(bytes);
  }

  /* All bytes that go through the channel after a first subscription pass here. */
  private void enqueue(ByteBuf bytes) {
    channel.writeAndFlush(bytes, channel.voidPromise());
    if (direct && DirectWrite.free(channel) == null) {
      watches.block();
    }
  }

  /**
   * The number of bytes that must go out before the queue has room again; 0 while it has, and once
   * the channel is closed, for which Netty says that there never will be.
   */
  long backlog() {
    return channel.isActive() ? channel.bytesBeforeWritable() : 0;
  }

  /** Writes a ping, where the peer answers pings. */
  void ping() {
    if (framing == Framing.WEB_SOCKET) {
      enqueue(channel.alloc().directBuffer(2).writeShort(0x8900));
    }
  }

  /** Answers a ping. */
  void pong(ByteBuf payload) {
    var bytes = channel.alloc().directBuffer(payload.readableBytes() + 2);
    enqueue(bytes.writeByte(0x8A).writeByte(payload.readableBytes()).writeBytes(payload));
  }

  /** Ends the output but for the close: nothing else is written any more. */
  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** Begins the close: a WebSocket's peer answers it, a stream is over. */
  void writeClose(int code, String reason) {
    switch (framing) {
      case WEB_SOCKET, WHOLE_MESSAGE ->
          channel.writeAndFlush(closeFrame(code, reason), channel.voidPromise());
      case CHUNK ->
          channel
              .writeAndFlush(Unpooled.copiedBuffer("0\r\n\r\n", StandardCharsets.US_ASCII))
              .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Answers the peer's close, and closes the channel. */
  void echoClose(int code) {
    channel.writeAndFlush(closeFrame(code, "")).addListener(ChannelFutureListener.CLOSE);
  }

  private ByteBuf closeFrame(int code, String reason) {
    var text = reason.getBytes(StandardCharsets.UTF_8);
    var length = Math.min(text.length, LONGEST_REASON);
    return channel
        .alloc()
        .directBuffer(length + 4)
        .writeByte(0x88)
        .writeByte(length + 2)
        .writeShort(code)
        .writeBytes(text, 0, length);
  }
}
