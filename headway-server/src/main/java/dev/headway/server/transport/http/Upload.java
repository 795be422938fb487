package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.BodyFile;
import dev.headway.server.http.HttpService;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Response;
import dev.headway.server.transport.http.UploadedRequest.Outcome;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body on its way to the disk. It is refused before a byte is kept if its sender may not send it.
 * Blocking actions run one after the other on a worker; while many bytes wait for the disk the
 * connection is not read, so that TCP holds the sender back.
 *
 * <p>{@code waiting} and {@code paused} belong to the event loop, {@code file} and {@code over} to
 * the actions.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class Upload {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

  /** Bytes that may wait for the disk. */
  private static final int MUCH = 1 << 20;

  private final ChannelHandlerContext context;
  private final HttpRequest head;
  private final HttpService http;
  private final Executor actions;
  private final Path directory;
  private int waiting;
  private boolean paused;
  private @Nullable BodyFile file;
  private boolean over;

  /**
   * @param actions runs actions one after the other
   */
  Upload(
      ChannelHandlerContext context,
      HttpRequest head,
      HttpService http,
      Executor actions,
      Path directory) {
    this.context = context;
    this.head = head;
    this.http = http;
    this.actions = actions;
    this.directory = directory;
  }

  /** Asks whether the body is wanted. */
  void begin() {
    var expected = HttpUtil.is100ContinueExpected(head);
    head.headers().remove(HttpHeaderNames.EXPECT); // it is answered here
    actions.execute(() -> open(expected));
  }

  private void open(boolean expected) {
    try {
      var length = HttpUtil.getContentLength(head, 0L);
      http.refusal(raw(), length).ifPresent(this::refuse);
      file = over ? null : BodyFile.in(directory);
    } catch (IOException failed) {
      notStored(failed);
    }
    if (expected && file != null) {
      context.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
  }

  private RawRequest raw() {
    return Headers.raw(context, head);
  }

  /** Takes the next bytes. */
  void add(HttpContent content) {
    var bytes = content.content().readableBytes();
    waiting += bytes;
    if (waiting > MUCH && !paused) {
      paused = true;
      context.channel().config().setAutoRead(false);
    }
    actions.execute(() -> write(content, bytes));
  }

  private void write(HttpContent content, int bytes) {
    try {
      if (file != null && !over) {
        file.append(content.content().nioBuffer());
        requireSize(file.size());
      }
    } catch (IOException failed) {
      notStored(failed);
    } finally {
      content.release();
    }
    context.executor().execute(() -> written(bytes));
    if (content instanceof LastHttpContent && file != null && !over) {
      over = true;
      pass(new Outcome.Stored(file));
    }
  }

  private void written(int bytes) {
    waiting -= bytes;
    if (paused && waiting <= MUCH / 2) {
      paused = false;
      context.channel().config().setAutoRead(true);
    }
  }

  private void requireSize(long size) {
    var limit = http.maxBody(head.method().name(), head.uri());
    if (size > limit) {
      refuse(new HeadwayException(ErrorCode.TOO_LARGE, Bodies.tooLarge(limit)));
    }
  }

  private void notStored(IOException failed) {
    LOG.warn("A body could not be stored in {}", directory, failed);
    refuse(BodyFile.notStored("body", failed));
  }

  private void refuse(HeadwayException refusal) {
    refuse(http.refuse(raw(), refusal));
  }

  private void refuse(Response answer) {
    if (!over) {
      drop();
      pass(new Outcome.Refused(answer));
    }
  }

  private void pass(Outcome outcome) {
    var request = new UploadedRequest(head, outcome);
    context.executor().execute(() -> context.fireChannelRead(request));
  }

  /** The sender is gone. */
  void abandon() {
    actions.execute(this::drop);
  }

  private void drop() {
    if (!over && file != null) {
      close(file);
    }
    over = true;
  }

  /** Lets go of a body. */
  static void close(BodyFile file) {
    try {
      file.close();
    } catch (IOException failed) {
      LOG.warn("A body's file could not be closed", failed);
    }
  }
}
