package dev.headway.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A connection over which messages are published, one request after the other without waiting for
 * the answers, which are counted. Used on the generator's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel: noticed
final class Publisher extends ChannelInboundHandlerAdapter {
  /* Servers end connections with more requests than they care to remember; Netty's with 128. */
  private static final int PIPELINED = 64;

  private final Flow.Source source;
  private final CompletableFuture<Publisher> ready = new CompletableFuture<>();
  private final Answers answers = new Answers(this::answered);
  private final StringBuilder lines = new StringBuilder();
  private final ArrayDeque<Due> waiting = new ArrayDeque<>();
  private @Nullable Channel channel;
  private @Nullable String failure;
  private long unanswered;

  /** A message that is due and has not been sent. */
  private record Due(Flow flow, long nanos) {}

  Publisher(Flow.Source source) {
    this.source = source;
  }

  CompletableFuture<Publisher> ready() {
    return ready;
  }

  /** Why messages do not arrive; null while all is well. */
  @Nullable String failure() {
    return failure;
  }

  /** Sends the next message of a topic, as soon as the server has answered enough of the others. */
  void publish(Flow flow, long dueNanos) {
    var to = channel;
    if (to != null) {
      waiting.add(new Due(flow, dueNanos));
      send(to);
    }
  }

  /** Sends nothing any more of what is due: a server that is behind need not catch up. */
  void drop() {
    waiting.clear();
  }

  private void send(Channel to) {
    while (unanswered < PIPELINED && !waiting.isEmpty()) {
      unanswered += source.answered() ? 1 : 0;
      var due = waiting.remove();
      var number = due.flow().next(due.nanos());
      to.write(due.flow().source().publication().with(number, to.alloc()), to.voidPromise());
    }
    to.flush();
  }

  /** Whether answers are due. */
  boolean waits() {
    return unanswered + waiting.size() > 0 && failure == null;
  }

  void close() {
    var open = channel;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    if (!source.answered()) {
      write(context, source.preface());
    }
    ready.complete(this);
  }

  private static void write(ChannelHandlerContext context, String text) {
    var bytes = Frames.bytes(text);
    context.writeAndFlush(
        context.alloc().directBuffer(bytes.length).writeBytes(bytes), context.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = (ByteBuf) message;
    if (source.answered()) {
      answers.read(in);
      send(context.channel());
    } else {
      lines.append(in.toString(StandardCharsets.ISO_8859_1));
      in.release();
      readLines(context);
    }
  }

  private void answered(@Nullable String refusal) {
    unanswered--;
    if (failure == null) {
      failure = refusal;
    }
  }

  /* The protocol of NATS: the server asks now and then whether its client lives. */
  private void readLines(ChannelHandlerContext context) {
    if (lines.indexOf("PING\r\n") >= 0) {
      write(context, "PONG\r\n");
    }
    if (lines.indexOf("-ERR") >= 0 && failure == null) {
      failure = lines.toString();
    }
    lines.setLength(0);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.clear();
    if (failure == null) {
      failure = "The server closed the connection over which messages are published";
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failure = String.valueOf(cause.getMessage());
    context.close();
  }
}
