package dev.headway.server.transport;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Response;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.SocketGate;
import dev.headway.server.socket.Verification;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;

/** One event loop with real connections, and the clients' ends of them. */
final class LoopWithSockets implements AutoCloseable {
  private static final long PING_MS = 25_000;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final LinkedBlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
  private final List<Socket> clients = new ArrayList<>();
  private final Channel listener;
  private final LoopState state;

  LoopWithSockets() {
    this(_ -> true, Clock.systemUTC(), () -> System.nanoTime() / 1_000_000);
  }

  LoopWithSockets(CredentialCheck credentials, InstantSource clock, LongSupplier ticker) {
    state = new LoopState(loop, shared(credentials, clock, ticker));
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

  private static Shared shared(
      CredentialCheck credentials, InstantSource clock, LongSupplier ticker) {
    var places = new ConnectionLimits(ConnectionLimits.Settings.DEFAULT);
    var origins = new OriginPolicy(Set.of(), true);
    return new Shared(
        new NoHttp(),
        new SocketGate(List.of(), places, origins, Clock.systemUTC()),
        origins,
        (_, _) -> new Verification.Absent(),
        credentials,
        places,
        Runnable::run,
        clock,
        ticker,
        SocketSettings.DEFAULT,
        Path.of("unused"));
  }

  private static final class NoHttp implements HttpService {
    @Override
    public Response handle(RawRequest request) {
      return Response.noContent();
    }

    @Override
    public Response refuse(RawRequest request, HeadwayException refusal) {
      return Response.noContent();
    }

    @Override
    public long maxBody(String method, String target) {
      return 0;
    }

    @Override
    public Optional<Response> refusal(RawRequest head, long length) {
      return Optional.empty();
    }
  }

  /** A connection whose client reads as much or as little as the test does. */
  NettyConnection connect() throws IOException, InterruptedException {
    var client = new Socket();
    client.setReceiveBufferSize(4_096);
    client.setSoTimeout(10_000);
    client.connect(listener.localAddress());
    clients.add(client);
    var intervals = new Pulse.Intervals(PING_MS, PING_MS, 10 * PING_MS, PING_MS);
    var pulse = new Pulse(intervals, state.now(), state.now() + PING_MS);
    return new NettyConnection(accepted.take(), Framing.WEB_SOCKET, state, pulse);
  }

  /** The client's end of the connection that was made last. */
  Socket client() {
    return clients.getLast();
  }

  /** A connection that its loop looks after. */
  NettyConnection open() throws Exception {
    var connection = connect();
    return onLoop(() -> {
      state.add(connection);
      return connection;
    });
  }

  LoopState state() {
    return state;
  }

  LoopFanout fanout() {
    return state.fanout();
  }

  /** Does something on the loop. */
  <T> T onLoop(Callable<T> action) throws Exception {
    return loop.submit(action).get();
  }

  @Override
  public void close() throws IOException {
    for (var client : clients) {
      client.close();
    }
    group
        .shutdownGracefully(0, 1_000, java.util.concurrent.TimeUnit.MILLISECONDS)
        .syncUninterruptibly();
  }
}
