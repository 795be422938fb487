package dev.headway.server.transport.http;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Response;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A content on its way to a client. A worker reads it piece by piece, each when the one before is
 * out, so that a slow client costs one piece of memory and blocks no event loop.
 *
 * @param context of the connection
 * @param content what is sent; closed at the end
 */
record Download(ChannelHandlerContext context, Response.Content content) {
  private static final Logger LOG = LoggerFactory.getLogger(Download.class);
  private static final int PIECE = 131_072;

  /* A client that takes no piece for as long is gone. */
  private static final long PATIENCE_SECONDS = 60;

  /** Sends the content; whether all of it has gone out. Blocks. */
  boolean send() {
    try (content) {
      return sent();
    } catch (IOException | HeadwayException failed) {
      LOG.warn("A download was broken off: its content could not be read", failed);
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends nothing, as an answer to HEAD does; whether that went well. Blocks. */
  boolean skip() {
    try {
      content.close();
    } catch (IOException failed) {
      LOG.warn("The content of an answer could not be closed", failed);
    }
    return true;
  }

  private boolean sent() throws IOException, InterruptedException {
    var piece = new byte[PIECE];
    var left = content.length();
    while (left > 0) {
      var count = content.content().read(piece, 0, (int) Math.min(PIECE, left));
      if (count < 0) {
        throw new IOException("The content ends %d bytes early".formatted(left));
      }
      left -= count;
      if (!write(piece, count)) {
        return false;
      }
    }
    return true;
  }

  private boolean write(byte[] piece, int count) throws InterruptedException {
    var bytes = Unpooled.wrappedBuffer(piece, 0, count);
    var written = context.writeAndFlush(new DefaultHttpContent(bytes));
    return written.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && written.isSuccess();
  }
}
