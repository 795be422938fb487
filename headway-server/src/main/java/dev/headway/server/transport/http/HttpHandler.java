package dev.headway.server.transport.http;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.HttpService;
import dev.headway.server.http.Response;
import dev.headway.server.socket.SocketGate.Admission;
import dev.headway.server.transport.fanout.LoopTasks;
import dev.headway.server.transport.http.UploadedRequest.Outcome;
import dev.headway.server.transport.socket.ConnectionLoop;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of an HTTP connection: answered one after the other, each on a virtual thread. An
 * upgrade turns the connection into a WebSocket, a streaming answer into an event stream.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

  private final ConnectionLoop loop;
  private final HttpService http;
  private final SocketUpgrade upgrade;
  private final RequestDeadline deadline;
  private final BodyLimit bodies;
  private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>(1);
  private boolean busy;
  private boolean leaving;

  HttpHandler(
      ConnectionLoop loop,
      HttpService http,
      SocketUpgrade upgrade,
      RequestDeadline deadline,
      BodyLimit bodies) {
    this.loop = loop;
    this.http = http;
    this.upgrade = upgrade;
    this.deadline = deadline;
    this.bodies = bodies;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (leaving) {
      forget(request);
      return;
    }
    if (busy) {
      waiting.add(request.retain());
      return;
    }
    if (request instanceof UploadedRequest uploaded
        && uploaded.outcome() instanceof Outcome.Refused(var answer)) {
      write(context, PendingAnswer.last(context, request), answer);
      return;
    }
    try {
      take(context, request);
    } catch (HeadwayException refusal) {
      write(
          context,
          PendingAnswer.last(context, request),
          http.refuse(Headers.raw(context, request), refusal));
    } catch (RuntimeException failure) {
      write(
          context,
          PendingAnswer.last(context, request),
          http.fault(Headers.raw(context, request), failure));
    }
  }

  private void take(ChannelHandlerContext context, FullHttpRequest request) {
    Headers.requireValid(request);
    if (Headers.asksUpgrade(request)) {
      upgrade(context, request);
    } else {
      answer(context, request);
    }
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
    var asked = upgrade.asked(context.channel(), request);
    if (!asked.knownVersion()) {
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
      deadline.answered(context);
      return;
    }
    switch (upgrade.admission(asked)) {
      case Admission.Accepted accepted -> upgrade.accept(context, loop, asked, accepted);
      case Admission.Rejected(var refusal) -> throw refusal;
      case Admission.NoSuchSocket() -> throw HeadwayException.notFound("The socket");
    }
  }

  private void answer(ChannelHandlerContext context, FullHttpRequest request) {
    busy = true;
    // Reading stops until the answer is out: a client that only sends is held back by TCP.
    context.channel().config().setAutoRead(false);
    request.retain();
    loop.workers().execute(() -> work(context, request));
  }

  private void work(ChannelHandlerContext context, FullHttpRequest request) {
    var pending = PendingAnswer.to(context, request);
    var due = new AtomicBoolean(true);
    respond(
        context,
        request,
        response -> {
          if (due.getAndSet(false)) {
            var write = (Runnable) () -> write(context, pending, response);
            LoopTasks.execute(context.channel().eventLoop(), write);
          }
        });
  }

  /* Whatever happens to a request, it is answered. */
  @SuppressWarnings("CatchingUnchecked")
  private void respond(
      ChannelHandlerContext context, FullHttpRequest request, Consumer<Response> reply) {
    try {
      http.answer(Headers.raw(context, request, Bodies.read(request)), reply);
    } catch (HeadwayException refusal) {
      reply.accept(http.refuse(Headers.raw(context, request), refusal));
    } catch (RuntimeException | Error failure) {
      reply.accept(http.fault(Headers.raw(context, request), failure));
    } finally {
      request.release();
      forget(request);
    }
  }

  private static void forget(FullHttpRequest request) {
    if (request instanceof UploadedRequest uploaded
        && uploaded.outcome() instanceof Outcome.Stored(var file)) {
      Upload.close(file);
    }
  }

  private void write(ChannelHandlerContext context, PendingAnswer pending, Response response) {
    switch (response) {
      case Response.Whole whole -> whole(context, pending, whole);
      case Response.Streaming streaming -> stream(context, pending, streaming);
      case Response.Content content -> download(context, pending, content);
    }
  }

  private void stream(
      ChannelHandlerContext context, PendingAnswer pending, Response.Streaming response) {
    if (!context.channel().isActive()) {
      return; // the listener has gone before its stream began
    }
    try {
      new StreamStart(loop, context).begin(response);
    } catch (HeadwayException refusal) {
      write(context, pending, http.refuse(pending.request(), refusal));
    }
  }

  private void whole(
      ChannelHandlerContext context, PendingAnswer pending, Response.Whole response) {
    var message = Messages.of(response, pending.bodiless());
    HttpUtil.setKeepAlive(message, pending.keepAlive());
    end(context, pending, context.writeAndFlush(message));
  }

  private void download(
      ChannelHandlerContext context, PendingAnswer pending, Response.Content response) {
    var head = Messages.of(response);
    HttpUtil.setKeepAlive(head, pending.keepAlive());
    context.writeAndFlush(head);
    var download = new Download(context, response);
    loop.workers()
        .execute(() -> {
          var whole = pending.bodiless() ? download.skip() : download.send();
          var after = (Runnable) () -> downloaded(context, pending, whole);
          LoopTasks.execute(context.channel().eventLoop(), after);
        });
  }

  /* Half a content has no other end than that of its connection. */
  private void downloaded(ChannelHandlerContext context, PendingAnswer pending, boolean whole) {
    if (whole) {
      end(context, pending, context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
    } else {
      context.close();
    }
  }

  private void end(ChannelHandlerContext context, PendingAnswer pending, ChannelFuture written) {
    if (pending.keepAlive()) {
      next(context);
    } else {
      leaving = true;
      LingeringClose.after(written);
    }
  }

  private void next(ChannelHandlerContext context) {
    busy = false;
    var request = waiting.poll();
    if (request == null) {
      deadline.answered(context);
      bodies.answered();
      context.channel().config().setAutoRead(true);
      return;
    }
    try {
      channelRead0(context, request);
    } finally {
      request.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.forEach(request -> {
      request.release();
      forget(request);
    });
    waiting.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Both of these say that the peer has gone.
    if (!(cause instanceof IOException || cause instanceof PrematureChannelClosureException)) {
      LOG.warn("An HTTP connection is closed because of a failure", cause);
    }
    context.close();
  }
}
