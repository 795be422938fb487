package dev.headway.server.transport.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Gathers requests in memory; refuses bodies over a limit with the contract's error. */
final class BodyAggregator extends HttpObjectAggregator {
  /**
   * @param maxBody the largest body in bytes
   */
  BodyAggregator(int maxBody) {
    super(maxBody);
  }

  @Override
  protected Object newContinueResponse(
      HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
    var response = super.newContinueResponse(start, maxContentLength, pipeline);
    var refused =
        response instanceof HttpResponse refusal
            && refusal.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    return refused ? Messages.tooLarge(maxContentLength) : response;
  }

  @Override
  protected boolean closeAfterContinueResponse(Object response) {
    // A client that was refused may send its body all the same.
    return response instanceof HttpResponse answer && answer.status().code() >= 400;
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    if (oversized instanceof FullHttpMessage full) {
      full.release();
    }
    context
        .writeAndFlush(Messages.tooLarge(maxContentLength()))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
