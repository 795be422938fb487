package dev.headway.server.transport;

import dev.headway.server.transport.http.HttpPipeline;
import dev.headway.server.transport.socket.ConnectionLoops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The server's listening sockets and event loops: on epoll where the platform has it, on NIO
 * elsewhere. Thread-safe once bound.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
public final class NettyTransport {
  private static final int BACKLOG = 4_096;
  private static final int FREE_PORT_TRIES = 5;
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final HttpPipeline pipeline;
  private final ConnectionLoops connections;
  private final MultiThreadIoEventLoopGroup loops;
  private final List<Channel> listeners = new ArrayList<>();

  /**
   * @param pipeline the handlers of a new connection
   * @param connections its WebSockets and streams
   * @param threads the number of event loops, from 1
   */
  public NettyTransport(HttpPipeline pipeline, ConnectionLoops connections, int threads) {
    this.pipeline = pipeline;
    this.connections = connections;
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
    return KeepAlive.on(new ServerBootstrap(), Epoll.isAvailable())
        .group(loops)
        .channel(channelType())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .childHandler(pipeline);
  }

  /** The number of open WebSockets and streams. */
  public int connections() {
    return connections.count();
  }

  /**
   * Closes in order: stops accepting, closes every connection with a reason, waits until all are
   * gone.
   *
   * @param deadline the longest wait
   */
  public void close(Duration deadline) {
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    within(deadline, connections.leave());
    // A loop that is told to end between two looks of its own would close none of its channels.
    within(deadline, connections.end());
    loops
        .shutdownGracefully(0, deadline.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(deadline.toMillis() + 1_000);
  }

  private static void within(Duration deadline, CompletableFuture<Void> done) {
    done.completeOnTimeout(null, deadline.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}
