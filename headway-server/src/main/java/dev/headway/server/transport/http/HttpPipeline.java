package dev.headway.server.transport.http;

import dev.headway.server.http.HttpService;
import dev.headway.server.transport.socket.ConnectionLoops;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.file.Path;

/** The handlers of a new connection, which begins with HTTP. Thread-safe. */
public final class HttpPipeline extends ChannelInitializer<Channel> {
  private final HttpService http;
  private final SocketUpgrade upgrade;
  private final ConnectionLoops loops;
  private final Path uploads;
  private final int maxBody;

  /**
   * @param http answers requests
   * @param upgrade turns connections into WebSockets
   * @param loops keeps WebSockets and streams
   * @param uploads the directory of bodies that are too large for the memory
   * @param maxBody the largest body that is gathered in memory, in bytes
   */
  public HttpPipeline(
      HttpService http, SocketUpgrade upgrade, ConnectionLoops loops, Path uploads, int maxBody) {
    this.http = http;
    this.upgrade = upgrade;
    this.loops = loops;
    this.uploads = uploads;
    this.maxBody = maxBody;
  }

  @Override
  protected void initChannel(Channel channel) {
    var loop = loops.of(channel.eventLoop());
    var deadline = new RequestDeadline(http);
    channel
        .pipeline()
        .addLast(new HttpServerCodec())
        .addLast(deadline)
        .addLast(new BodyLimit(http))
        .addLast(new Uploads(http, loop.workers(), uploads, maxBody))
        .addLast(new BodyAggregator(maxBody))
        .addLast(new HttpHandler(loop, http, upgrade, deadline));
  }
}
