package dev.headway.server.transport;

import dev.headway.server.socket.CloseCodes;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The server's sockets: binds, accepts, and closes in order. epoll where the platform has it, NIO
 * elsewhere.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
public final class NettyTransport {
  private static final int BACKLOG = 4_096;
  private static final int FREE_PORT_TRIES = 5;
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final Shared shared;
  private final MultiThreadIoEventLoopGroup loops;
  private final Map<EventLoop, LoopState> states = new ConcurrentHashMap<>();
  private final List<Channel> listeners = new ArrayList<>();

  /**
   * @param shared what all event loops share
   * @param threads how many event loops, from 1
   */
  public NettyTransport(Shared shared, int threads) {
    this.shared = shared;
    this.loops = new MultiThreadIoEventLoopGroup(threads, io());
  }

  private static IoHandlerFactory io() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  private static Class<? extends ServerChannel> channelType() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /**
   * Listens on all addresses at the same port.
   *
   * @param addresses where; those of a family that this machine lacks are left out
   * @param port 0 for a free one
   * @return the port
   * @throws IOException when the port is in use on any of them, or none could be bound; the
   *     transport is closed then
   */
  public int bind(List<InetAddress> addresses, int port) throws IOException {
    for (var tries = port == 0 ? FREE_PORT_TRIES : 1; ; tries--) {
      try {
        return bindAll(addresses, port);
      } catch (IOException failed) {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        listeners.clear();
        if (tries == 1) {
          close(Duration.ZERO);
          throw failed;
        }
      }
    }
  }

  /* With a port of another program's on one address, clients would reach now us, now that one. */
  private int bindAll(List<InetAddress> addresses, int port) throws IOException {
    var bound = port;
    IOException failure = null;
    for (var address : addresses) {
      var future = bootstrap().bind(new InetSocketAddress(address, bound)).awaitUninterruptibly();
      if (future.isSuccess()) {
        listeners.add(future.channel());
        bound = ((InetSocketAddress) future.channel().localAddress()).getPort();
      } else {
        failure = new IOException(future.cause().getMessage(), future.cause());
        if (inUse(failure)) {
          throw failure;
        }
      }
    }
    if (listeners.isEmpty() && failure != null) {
      throw failure;
    }
    return bound;
  }

  private static boolean inUse(IOException failure) {
    return String.valueOf(failure.getMessage()).contains("in use");
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(loops)
        .channel(channelType())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .childHandler(new Pipeline());
  }

  private LoopState state(EventLoop loop) {
    return states.computeIfAbsent(loop, key -> new LoopState(key, shared));
  }

  /**
   * Credentials have ended before their time: connections that were opened with them are closed
   * within a tick, a quarter of a second.
   */
  public void checkCredentials() {
    states.values().forEach(LoopState::checkCredentials);
  }

  /** How many sockets and streams are open. */
  public int connections() {
    return shared.limits().total();
  }

  /**
   * Leaves in order: accepts nobody any more, tells everybody, waits until they are gone.
   *
   * @param deadline how long to wait at most
   */
  public void close(Duration deadline) {
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    var gone =
        states.values().stream()
            .map(state -> state.leave(CloseCodes.RESTART, "The server is leaving"))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(gone)
        .completeOnTimeout(null, deadline.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    loops
        .shutdownGracefully(0, deadline.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(deadline.toMillis() + 1_000);
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      var maxBody = shared.settings().maxBody();
      channel
          .pipeline()
          .addLast(new HttpServerCodec())
          .addLast(new Uploads(shared))
          .addLast(new Aggregator(maxBody))
          .addLast(new HttpHandler(state(channel.eventLoop())));
    }
  }

  /** Answers a body that is too large with the contract's error, and closes. */
  private static final class Aggregator extends HttpObjectAggregator {
    Aggregator(int maxBody) {
      super(maxBody);
    }

    @Override
    protected Object newContinueResponse(
        HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
      var response = super.newContinueResponse(start, maxContentLength, pipeline);
      var refused =
          response instanceof HttpResponse refusal
              && refusal.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
      return refused ? HttpHandler.tooLarge(maxContentLength) : response;
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
          .writeAndFlush(HttpHandler.tooLarge(maxContentLength()))
          .addListener(io.netty.channel.ChannelFutureListener.CLOSE);
    }
  }
}
