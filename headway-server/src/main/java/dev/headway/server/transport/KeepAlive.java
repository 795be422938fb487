package dev.headway.server.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.net.SocketOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * The end of connections whose other side has gone without a word. The kernel asks a silent
 * connection whether it is still there, and gives up what was sent and not received: after a minute
 * where the platform lets that be set, else when the kernel's own limits have passed. It finds what
 * no ping of a WebSocket or comment of a stream finds, such as a request that is waiting for its
 * answer. Stateless.
 */
final class KeepAlive {
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final int PROBES = 3;
  private static final Duration UNACKNOWLEDGED = Duration.ofSeconds(60);

  private KeepAlive() {}

  /** Watches each connection that is accepted. */
  static ServerBootstrap on(ServerBootstrap bootstrap, boolean epoll) {
    bootstrap.childOption(ChannelOption.SO_KEEPALIVE, true);
    return epoll ? onEpoll(bootstrap) : onNio(bootstrap);
  }

  /* https://man7.org/linux/man-pages/man7/tcp.7.html */
  private static ServerBootstrap onEpoll(ServerBootstrap bootstrap) {
    return bootstrap
        .childOption(EpollChannelOption.TCP_KEEPIDLE, (int) IDLE.toSeconds())
        .childOption(EpollChannelOption.TCP_KEEPINTVL, (int) INTERVAL.toSeconds())
        .childOption(EpollChannelOption.TCP_KEEPCNT, PROBES)
        .childOption(EpollChannelOption.TCP_USER_TIMEOUT, (int) UNACKNOWLEDGED.toMillis());
  }

  /* Netty passes over what a platform's sockets do not know, with a warning in its log. */
  private static ServerBootstrap onNio(ServerBootstrap bootstrap) {
    return bootstrap
        .childOption(nio(ExtendedSocketOptions.TCP_KEEPIDLE), (int) IDLE.toSeconds())
        .childOption(nio(ExtendedSocketOptions.TCP_KEEPINTERVAL), (int) INTERVAL.toSeconds())
        .childOption(nio(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
  }

  private static ChannelOption<Integer> nio(SocketOption<Integer> option) {
    return NioChannelOption.of(option);
  }
}
