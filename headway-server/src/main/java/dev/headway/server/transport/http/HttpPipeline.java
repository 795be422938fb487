package dev.headway.server.transport.http;

import dev.headway.server.address.TrustedProxies;
import dev.headway.server.http.HttpService;
import dev.headway.server.limit.ClientKey;
import dev.headway.server.limit.Quota;
import dev.headway.server.transport.socket.ConnectionLoops;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.file.Path;

/** The handlers of a new connection, which begins with HTTP. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that is refused is closed, or gone
public final class HttpPipeline extends ChannelInitializer<Channel> {
  private final HttpService http;
  private final SocketUpgrade upgrade;
  private final ConnectionLoops loops;
  private final Path uploads;
  private final int maxBody;
  private final TrustedProxies proxies;

  /** The bytes of bodies in memory: an eighth of it, a client's a quarter of that. */
  private final Quota<ClientKey> bodies;

  /**
   * @param http answers requests
   * @param upgrade turns connections into WebSockets
   * @param loops keeps WebSockets and streams
   * @param uploads the directory of bodies that are too large for the memory
   * @param maxBody the largest body that is gathered in memory, in bytes
   * @param proxies say where their clients are
   */
  public HttpPipeline(
      HttpService http,
      SocketUpgrade upgrade,
      ConnectionLoops loops,
      Path uploads,
      int maxBody,
      TrustedProxies proxies) {
    this.http = http;
    this.upgrade = upgrade;
    this.loops = loops;
    this.uploads = uploads;
    this.maxBody = maxBody;
    this.proxies = proxies;
    var most = Math.max(maxBody, Runtime.getRuntime().maxMemory() / 8);
    this.bodies = new Quota<>(most, Math.max(maxBody, most / 4));
  }

  @Override
  protected void initChannel(Channel channel) {
    var loop = loops.of(channel.eventLoop());
    var address = Headers.address(channel.remoteAddress());
    var slot = loop.limits().acquireHttp(address, proxies.contain(address));
    if (slot == null) {
      channel.close();
      return;
    }
    var deadline = new RequestDeadline(http);
    var limit = new BodyLimit(http, bodies, proxies, loop.limits());
    channel
        .pipeline()
        .addLast(new HttpServerCodec())
        .addLast(new ConnectionCount(loop, slot))
        .addLast(deadline)
        .addLast(new Uploads(http, loop.workers(), uploads, maxBody))
        .addLast(limit)
        .addLast(new BodyAggregator(maxBody))
        .addLast(new HttpHandler(loop, http, upgrade, deadline, limit));
  }
}
