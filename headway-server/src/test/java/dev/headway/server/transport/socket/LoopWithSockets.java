package dev.headway.server.transport.socket;

import dev.headway.server.limit.Refusals;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.CredentialCheck;
import dev.headway.server.socket.SocketSettings;
import dev.headway.server.transport.fanout.Framing;
import dev.headway.server.transport.fanout.Outlet;
import dev.headway.testkit.Patience;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One event loop with real connections, and the clients' ends of them. */
public final class LoopWithSockets implements AutoCloseable {
  private static final long PING_MS = 25_000;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final LinkedBlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
  private final List<Socket> clients = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final Channel listener;
  private final ConnectionLoop state;

  /** A loop by the real clocks. */
  public LoopWithSockets() {
    this(_ -> true, Clock.systemUTC(), () -> System.nanoTime() / 1_000_000);
  }

  LoopWithSockets(CredentialCheck credentials, InstantSource clock, LongSupplier ticker) {
    state =
        new ConnectionLoop(
            loop,
            Runnable::run,
            credentials,
            new ConnectionLimits(ConnectionLimits.Settings.DEFAULT, new Refusals()),
            clock,
            ticker,
            SocketSettings.DEFAULT);
    listener =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new ChannelInboundHandlerAdapter());
                    accepted.add(channel);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** A connection whose client reads as much or as little as the test does. */
  public NettyConnection connect() throws IOException, InterruptedException {
    var client = new Socket();
    client.setReceiveBufferSize(4_096);
    client.setSoTimeout((int) Patience.LONG.toMillis());
    client.connect(listener.localAddress());
    clients.add(client);
    var intervals = new Heartbeat.Intervals(PING_MS, PING_MS, 10 * PING_MS, PING_MS);
    var heartbeat = new Heartbeat(intervals, state.now(), state.now() + PING_MS);
    channels.add(accepted.take());
    return new NettyConnection(channels.getLast(), Framing.WEB_SOCKET, state, heartbeat);
  }

  /** The outgoing half of a connection. */
  public Outlet outlet(NettyConnection connection) {
    return connection.output();
  }

  /** The client's end of the connection that was made last. */
  public Socket client() {
    return clients.getLast();
  }

  /** The server's end of the connection that was made last. */
  Channel channel() {
    return channels.getLast();
  }

  /** A connection that its loop looks after. */
  NettyConnection open() throws Exception {
    var connection = connect();
    return onLoop(() -> {
      state.add(connection);
      return connection;
    });
  }

  ConnectionLoop state() {
    return state;
  }

  /** The loop itself. */
  public EventLoop loop() {
    return loop;
  }

  /** Does something on the loop. */
  public <T> T onLoop(Callable<T> action) throws Exception {
    return loop.submit(action).get();
  }

  @Override
  public void close() throws IOException {
    for (var client : clients) {
      client.close();
    }
    // A group that is told to end between two looks of its loop closes no channel itself.
    channels.forEach(channel -> channel.close().awaitUninterruptibly());
    group.shutdownGracefully(0, 1_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
  }
}
