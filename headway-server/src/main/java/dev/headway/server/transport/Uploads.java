package dev.headway.server.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Takes files to the disk, for the operations that take more than what is gathered in memory.
 * Everything else passes on. Used on its event loop.
 */
final class Uploads extends ChannelInboundHandlerAdapter {
  private final Shared shared;
  private @Nullable Upload upload;

  Uploads(Shared shared) {
    this.shared = shared;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var present = upload;
    if (message instanceof HttpRequest head && isFile(head)) {
      upload = new Upload(context, head, shared);
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
    var gathered = shared.settings().maxBody();
    var open = HttpUtil.isTransferEncodingChunked(head);
    return (open || HttpUtil.getContentLength(head, 0L) > gathered)
        && Bodies.isFile(Bodies.mediaType(head))
        && shared.http().maxBody(head.method().name(), head.uri()) > gathered;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (upload != null) {
      upload.abandon();
      upload = null;
    }
    context.fireChannelInactive();
  }
}
