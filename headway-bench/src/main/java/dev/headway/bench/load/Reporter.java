package dev.headway.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A worker that reports over a connection of its own, which stays open: one report at a time, the
 * next when the one before is answered. Used on the generator's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel: noticed
final class Reporter extends ChannelInboundHandlerAdapter {
  private final Publication report;
  private final Tally tally;
  private final CompletableFuture<Reporter> ready = new CompletableFuture<>();
  private final Answers answers = new Answers(this::answered);
  private @Nullable Channel channel;
  private @Nullable String failure;
  private long number = Publication.FIRST;
  private boolean waiting;
  private long dueNanos;
  private long overdue;
  private long distance;

  Reporter(Publication report, Tally tally) {
    this.report = report;
    this.tally = tally;
  }

  CompletableFuture<Reporter> ready() {
    return ready;
  }

  /** The newest report's number. */
  long number() {
    return number;
  }

  /** Whether an answer is missing. */
  boolean waiting() {
    return waiting;
  }

  /** Why reports do not arrive; null while all is well. */
  @Nullable String failure() {
    return failure;
  }

  /**
   * A report is due, and the next one after {@code nanos}. When the one before is not answered yet,
   * it goes out as soon as that is, and is counted from now.
   */
  void due(long now, long nanos) {
    distance = nanos;
    if (waiting) {
      overdue++;
    } else {
      send(now);
    }
  }

  /** Sends nothing that is overdue. */
  void stop() {
    overdue = 0;
  }

  private void send(long due) {
    var to = channel;
    if (to != null) {
      dueNanos = due;
      waiting = true;
      number++;
      tally.sent();
      to.writeAndFlush(report.with(number, to.alloc()), to.voidPromise());
    }
  }

  private void answered(@Nullable String refusal) {
    waiting = false;
    if (refusal != null && failure == null) {
      failure = refusal;
    }
    tally.delivered(System.nanoTime() - dueNanos);
    if (overdue > 0) {
      overdue--;
      send(dueNanos + distance);
    }
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
    ready.complete(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    answers.read((ByteBuf) message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (failure == null) {
      failure = "The server closed the connection over which a worker reports";
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failure = String.valueOf(cause.getMessage());
    context.close();
  }
}
