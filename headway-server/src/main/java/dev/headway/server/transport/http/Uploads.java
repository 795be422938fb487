package dev.headway.server.transport.http;

import dev.headway.server.http.HttpService;
import dev.headway.server.transport.socket.SerialExecutor;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Diverts files to the disk, for operations that take more than is gathered in memory; passes
 * everything else on. Used on its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that is closed needs no answer
final class Uploads extends ChannelInboundHandlerAdapter {
  private final HttpService http;
  private final Executor workers;
  private final Path directory;
  private final int gathered;
  private @Nullable Upload upload;

  /**
   * @param gathered the largest body that is gathered in memory, in bytes
   */
  Uploads(HttpService http, Executor workers, Path directory, int gathered) {
    this.http = http;
    this.workers = workers;
    this.directory = directory;
    this.gathered = gathered;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var present = upload;
    if (message instanceof UploadedRequest) {
      abandon();
      context.fireChannelRead(message);
    } else if (message instanceof HttpRequest head && isFile(head)) {
      var actions = new SerialExecutor(workers, context::close);
      upload = new Upload(context, head, http, actions, directory);
      upload.begin();
    } else if (present != null && message instanceof HttpContent content) {
      present.add(content);
      if (content instanceof LastHttpContent) {
        upload = null;
      }
    } else {
      context.fireChannelRead(message);
    }
  }

  /* JSON and forms are read in memory, so they are no larger than other bodies. */
  private boolean isFile(HttpRequest head) {
    if (!head.decoderResult().isSuccess()) {
      return false;
    }
    var open = HttpUtil.isTransferEncodingChunked(head);
    return (open || HttpUtil.getContentLength(head, 0L) > gathered)
        && Bodies.isFile(Bodies.mediaType(head))
        && http.maxBody(head.method().name(), head.uri()) > gathered;
  }

  private void abandon() {
    if (upload != null) {
      upload.abandon();
      upload = null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    abandon();
    context.fireChannelInactive();
  }
}
