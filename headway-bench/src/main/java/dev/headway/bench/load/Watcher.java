package dev.headway.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection that watches one topic: checks that numbers come one after the other, and times
 * them. Of a frame it reads what it must: the head, and the number behind the marker, which it
 * expects where it last was. Used on the generator's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel: noticed
final class Watcher extends ChannelInboundHandlerAdapter implements Frames.Reader {
  private static final byte[] CONFLATED = Frames.bytes("\"conflated\":");

  private static final byte[] NOTHING = {};

  /* A marker and a number, less one byte: what may be cut off at the end of a piece. */
  private static final int CUT = 14;
  private static final int LARGEST_HEAD = 16 * 1024;

  private final Flow flow;
  private final Tally tally;
  private final long marker;
  private final boolean stream;
  private final CompletableFuture<Watcher> ready = new CompletableFuture<>();
  private @Nullable Channel channel;
  private @Nullable ByteBuf rest;
  private boolean upgraded;
  private int step;
  private int hint;
  private byte[] carried = NOTHING;
  private long last = -1;
  private long now;
  private boolean leaving;
  private boolean stalled;

  Watcher(Flow flow, Tally tally) {
    this.flow = flow;
    this.tally = tally;
    this.stream = flow.script().binary();
    this.marker = ByteBuffer.wrap(Frames.bytes(flow.script().marker())).getLong();
  }

  Flow flow() {
    return flow;
  }

  /** Completes when it watches. */
  CompletableFuture<Watcher> ready() {
    return ready;
  }

  /** The newest message that it has got. */
  long last() {
    return last;
  }

  /** Whether it has not got what was published, though it reads. */
  boolean lacks() {
    return !stalled && !leaving && last < flow.newest();
  }

  /** Reads no more. */
  void stall() {
    var open = channel;
    if (open != null) {
      stalled = true;
      open.config().setAutoRead(false);
    }
  }

  /**
   * Ends the connection as a broken network would: with a reset, and without a word to the server.
   */
  void cut() {
    leaving = true;
    var open = channel;
    if (open != null) {
      open.config().setOption(ChannelOption.SO_LINGER, 0);
      open.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    var handshake = flow.script().handshake("localhost");
    context.writeAndFlush(
        context.alloc().directBuffer(handshake.length).writeBytes(handshake),
        context.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = joined((ByteBuf) message);
    now = System.nanoTime();
    tally.read(in.readableBytes());
    try {
      if (upgraded || handshakeDone(in)) {
        Frames.read(in, this);
      }
      keep(in, context);
    } finally {
      in.release();
    }
  }

  private ByteBuf joined(ByteBuf in) {
    var before = rest;
    if (before == null) {
      return in;
    }
    rest = null;
    before.writeBytes(in);
    in.release();
    return before;
  }

  private void keep(ByteBuf in, ChannelHandlerContext context) {
    if (in.isReadable() && context.channel().isActive()) {
      rest = context.alloc().directBuffer(in.readableBytes() * 2).writeBytes(in);
    }
  }

  private boolean handshakeDone(ByteBuf in) {
    var head =
        in.toString(
            in.readerIndex(),
            Math.min(in.readableBytes(), LARGEST_HEAD),
            StandardCharsets.ISO_8859_1);
    var end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    if (!head.startsWith("HTTP/1.1 101")) {
      fail("The server refused the handshake: " + head.lines().findFirst().orElse(""));
      return false;
    }
    in.skipBytes(end + 4);
    upgraded = true;
    advance();
    return true;
  }

  private void advance() {
    if (step == flow.script().steps().size()) {
      last = flow.resumesAfter() < 0 ? flow.newest() : flow.resumesAfter();
      ready.complete(this);
    }
  }

  @Override
  public void frame(int opcode, ByteBuf in, int from, int to) {
    switch (opcode) {
      case Frames.CLOSE -> closed(in, from, to);
      case Frames.PING -> send(Frames.PONG, copy(in, from, to));
      case Frames.PONG -> {}
      default -> payload(in, from, to);
    }
  }

  private void payload(ByteBuf in, int from, int to) {
    if (!stream || step < flow.script().steps().size()) {
      data(in, from, to);
      return;
    }
    seam(in, from, to);
    data(in, from, to);
  }

  /* Binary frames are pieces of one stream: a message may begin in one and end in the next. */
  private void seam(ByteBuf in, int from, int to) {
    var end = Math.min(to - from, CUT);
    if (carried.length > 0) {
      var seam = Unpooled.buffer(2 * CUT).writeBytes(carried).writeBytes(in, from, end);
      var at = find(seam, 0, seam.writerIndex());
      if (at >= 0) {
        arrived(number(seam, at + 8, seam.writerIndex()), in, from, to);
      }
      var kept = Math.max(seam.writerIndex() - CUT, 0);
      carried = end < CUT ? copy(seam, kept, seam.writerIndex()) : copy(in, to - CUT, to);
    } else {
      carried = copy(in, to - end, to);
    }
    if (carried.length > 0 && carried[carried.length - 1] == '\n') {
      carried = NOTHING; // a message ends there
    }
  }

  private void closed(ByteBuf in, int from, int to) {
    var reason = to - from < 2 ? "" : in.toString(from + 2, to - from - 2, StandardCharsets.UTF_8);
    var code = to - from < 2 ? 0 : in.getUnsignedShort(from);
    fail("The server closed with %d %s".formatted(code, reason));
  }

  private static byte[] copy(ByteBuf in, int from, int to) {
    var bytes = new byte[to - from];
    in.getBytes(from, bytes);
    return bytes;
  }

  private void data(ByteBuf in, int from, int to) {
    if (step < flow.script().steps().size()) {
      proceed(in.toString(from, to - from, StandardCharsets.ISO_8859_1));
      return;
    }
    var at = from + hint;
    if (at + CUT >= to || in.getLong(at) != marker) {
      at = find(in, from, to);
    }
    if (at < 0) {
      answer(in, from, to);
      return;
    }
    hint = at - from;
    while (at >= 0) {
      arrived(number(in, at + 8, to), in, from, to);
      at = stream ? find(in, at + 8, to) : -1; // a frame of text is one message
    }
  }

  private void proceed(String text) {
    var next = flow.script().steps().get(step);
    if (text.contains(next.await())) {
      step++;
      if (!next.send().isEmpty()) {
        say(next.send());
      }
      advance();
    }
  }

  private void answer(ByteBuf in, int from, int to) {
    var script = flow.script();
    var ping = script.ping();
    if (!ping.isEmpty()
        && to - from >= ping.length()
        && in.toString(from, ping.length(), StandardCharsets.ISO_8859_1).equals(ping)) {
      say(script.pong());
    }
  }

  private void say(String text) {
    send(flow.script().binary() ? Frames.BINARY : Frames.TEXT, Frames.bytes(text));
  }

  private void send(int opcode, byte[] payload) {
    var to = channel;
    if (to != null) {
      to.writeAndFlush(Frames.masked(opcode, payload, to.alloc()), to.voidPromise());
    }
  }

  private int find(ByteBuf in, int from, int to) {
    for (var at = from; at + CUT < to; at++) {
      if (in.getLong(at) == marker) {
        return at;
      }
    }
    return -1;
  }

  private static long number(ByteBuf in, int from, int to) {
    var number = 0L;
    for (var at = from; at < to; at++) {
      var digit = in.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private void arrived(long number, ByteBuf in, int from, int to) {
    if (number <= last) {
      if (number == last) {
        tally.again();
      } else {
        tally.earlier();
      }
      return;
    }
    if (number > last + 1) {
      missed(number - last - 1, in, from, to);
    }
    var sent = flow.sentAt(number);
    tally.delivered(sent < 0 ? 0 : now - sent);
    var before = last;
    last = number;
    flow.reached(before, number);
  }

  private void missed(long messages, ByteBuf in, int from, int to) {
    var text = in.toString(from, to - from, StandardCharsets.ISO_8859_1);
    var at = text.indexOf(new String(CONFLATED, StandardCharsets.ISO_8859_1));
    var declared = at < 0 ? 0 : number(in, from + at + CONFLATED.length, to);
    tally.declared(Math.min(declared, messages));
    tally.missing(Math.max(0, messages - declared));
  }

  private void fail(String reason) {
    if (!leaving && !ready.completeExceptionally(new LoadException(reason))) {
      leaving = true; // counted once
      tally.closed();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    var left = rest;
    rest = null;
    if (left != null) {
      left.release();
    }
    fail("The server closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(String.valueOf(cause.getMessage()));
    context.close();
  }
}
