package dev.headway.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection that watches some control charts: checks that the samples of each come with rising
 * numbers, and times them from the moment at which they were taken. Used on the generator's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel: noticed
final class ChartWatcher extends ChannelInboundHandlerAdapter implements Frames.Reader {
  private static final Script SCRIPT = Script.of("/ws");
  private static final String SAMPLE = "{\"type\":\"sample\"";

  private final List<Long> charts;
  private final Tally tally;
  private final CompletableFuture<ChartWatcher> ready = new CompletableFuture<>();
  private final Map<Long, Long> newest = new HashMap<>();
  private @Nullable Channel channel;
  private @Nullable ByteBuf rest;
  private boolean upgraded;
  private boolean leaving;

  ChartWatcher(List<Long> charts, Tally tally) {
    this.charts = charts;
    this.tally = tally;
  }

  /** Completes when it watches. */
  CompletableFuture<ChartWatcher> ready() {
    return ready;
  }

  /** The number of the newest sample of a chart that it has got; 0 for none. */
  long newest(long chart) {
    return newest.getOrDefault(chart, 0L);
  }

  List<Long> charts() {
    return charts;
  }

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
    context.writeAndFlush(
        context.alloc().directBuffer().writeBytes(SCRIPT.handshake("localhost")),
        context.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = joined((ByteBuf) message);
    try {
      if (upgraded || handshakeDone(context, in)) {
        Frames.read(in, this);
      }
      if (in.isReadable()) {
        rest = context.alloc().directBuffer(in.readableBytes() * 2).writeBytes(in);
      }
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

  private boolean handshakeDone(ChannelHandlerContext context, ByteBuf in) {
    var head = in.toString(StandardCharsets.ISO_8859_1);
    var end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    in.skipBytes(end + 4);
    upgraded = true;
    if (head.startsWith("HTTP/1.1 101")) {
      var subscribe = "{\"type\":\"subscribe\",\"characteristic_ids\":" + charts + "}";
      send(context.channel(), Frames.TEXT, Frames.bytes(subscribe));
    } else {
      fail("The server refused the handshake: " + head.lines().findFirst().orElse(""));
    }
    return true;
  }

  private static void send(Channel to, int opcode, byte[] payload) {
    to.writeAndFlush(Frames.masked(opcode, payload, to.alloc()), to.voidPromise());
  }

  @Override
  public void frame(int opcode, ByteBuf in, int from, int to) {
    var text = in.toString(from, to - from, StandardCharsets.UTF_8);
    var open = channel;
    if (opcode == Frames.PING && open != null) {
      send(open, Frames.PONG, Frames.bytes(text));
    } else if (opcode == Frames.CLOSE) {
      fail("The server closed: " + text);
    } else if (text.startsWith(SAMPLE)) {
      arrived(text);
    } else if (text.startsWith("{\"type\":\"subscribed\"")) {
      ready.complete(this);
    } else if (text.startsWith("{\"type\":\"error\"")) {
      fail("The server said: " + text);
    }
  }

  private void arrived(String text) {
    var chart = Long.parseLong(value(text, "\"characteristic_id\":"));
    var sample = Long.parseLong(value(text, "\"sample_id\":"));
    var taken = Instant.parse(value(text, "\"timestamp\":\""));
    var before = newest.merge(chart, sample, Math::max);
    if (before > sample) {
      tally.earlier();
    } else {
      tally.delivered(Duration.between(taken, Instant.now()).toNanos());
    }
  }

  /** The value behind a key, up to the comma or the quote. */
  private static String value(String text, String key) {
    var from = text.indexOf(key) + key.length();
    var to = from;
    while (text.charAt(to) != ',' && text.charAt(to) != '"') {
      to++;
    }
    return text.substring(from, to);
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
