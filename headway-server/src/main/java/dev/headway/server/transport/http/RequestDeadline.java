package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.HttpService;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of the requests on a connection. A connection without a whole request head for a
 * minute is closed; a body that pauses for half a minute, or is slower than 1 kB a second after a
 * minute, is answered with 408. A large answer may take a quarter of an hour to be read. The time
 * in which the server itself reads nothing does not count. Used on the connection's loop.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
  private static final long HEAD_MS = 60_000;
  private static final long PAUSE_MS = 30_000;
  private static final long BODY_MS = 60_000;
  private static final long ANSWER_MS = 900_000;
  private static final long CHECK_MS = 5_000;

  private enum State {
    HEAD,
    BODY,
    ANSWER
  }

  private final HttpService http;
  private State state = State.HEAD;
  private @Nullable HttpRequest head;
  private @Nullable Future<?> check;
  private long since;
  private long answered;
  private long lastRead;
  private long received;

  RequestDeadline(HttpService http) {
    this.http = http;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    since = now(context);
    check =
        context
            .executor()
            .scheduleAtFixedRate(() -> check(context), CHECK_MS, CHECK_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (check != null) {
      check.cancel(false);
    }
  }

  private static long now(ChannelHandlerContext context) {
    return TimeUnit.NANOSECONDS.toMillis(context.executor().ticker().nanoTime());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    lastRead = now(context);
    if (message instanceof HttpRequest request) {
      head = request;
      state = State.BODY;
      since = lastRead;
      received = 0;
    }
    if (message instanceof HttpContent content) {
      received += content.content().readableBytes();
    }
    if (message instanceof LastHttpContent) {
      head = null;
      state = State.ANSWER;
    }
    context.fireChannelRead(message);
  }

  /** Waits for the next request: the last one has been answered. */
  void answered(ChannelHandlerContext context) {
    if (state == State.ANSWER) {
      state = State.HEAD;
      since = now(context);
      answered = since;
    }
  }

  private void check(ChannelHandlerContext context) {
    if (!context.channel().config().isAutoRead()) {
      return;
    }
    var now = now(context);
    if (!context.channel().isWritable() && now - answered < ANSWER_MS) {
      since = now; // the last answer is still on its way
    }
    switch (state) {
      case HEAD -> {
        if (now - since >= HEAD_MS) {
          var _ = context.close();
        }
      }
      case BODY -> {
        if (now - lastRead >= PAUSE_MS || now - since >= BODY_MS + received) {
          refuse(context);
        }
      }
      case ANSWER -> {}
    }
  }

  private void refuse(ChannelHandlerContext context) {
    var late = head;
    if (late != null) {
      head = null;
      state = State.ANSWER;
      var refusal =
          new HeadwayException(
              ErrorCode.REQUEST_TIMEOUT, "The body did not arrive in time; send it again");
      UploadedRequest.refuse(context, late, http.refuse(Headers.raw(context, late), refusal));
    }
  }
}
