package dev.headway.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

final class KeepAliveTest {
  @Test
  void on_nio_asksSilentConnections() throws Exception {
    accepted(
        false,
        channel -> {
          var config = channel.config();
          assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
          assertThat(config.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
              .isEqualTo(30);
        });
  }

  @Test
  void on_thisPlatform_asksSilentConnectionsAndGivesUpWhatIsNotReceived() throws Exception {
    accepted(
        Epoll.isAvailable(),
        channel -> {
          var config = channel.config();
          assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
          if (Epoll.isAvailable()) {
            assertThat(config.getOption(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(30);
            assertThat(config.getOption(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(60_000);
          }
        });
  }

  private static void accepted(boolean epoll, Consumer<Channel> check) throws Exception {
    var loops =
        new MultiThreadIoEventLoopGroup(
            1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    Class<? extends ServerChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    var accepted = new CompletableFuture<Channel>();
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var server =
          KeepAlive.on(new ServerBootstrap(), epoll)
              .group(loops)
              .channel(type)
              .childHandler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      accepted.complete(channel);
                    }
                  })
              .bind(address)
              .sync()
              .channel();
      var port = ((InetSocketAddress) server.localAddress()).getPort();
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        check.accept(accepted.get(10, TimeUnit.SECONDS));
      }
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }
}
