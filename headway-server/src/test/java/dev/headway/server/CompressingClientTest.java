package dev.headway.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of somebody else's making that offers, and speaks, {@code permessage-deflate}. */
@SuppressWarnings("FutureReturnValueIgnored")
final class CompressingClientTest {
  private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();

  private final class Pipeline extends ChannelInitializer<Channel> {
    private final URI uri;

    Pipeline(URI uri) {
      this.uri = uri;
    }

    @Override
    protected void initChannel(Channel channel) {
      var handshaker =
          WebSocketClientHandshakerFactory.newHandshaker(
              uri, WebSocketVersion.V13, null, true, new DefaultHttpHeaders());
      var deflate = new PerMessageDeflateClientExtensionHandshaker(6, false, 15, true, true, 0);
      channel
          .pipeline()
          .addLast(new HttpClientCodec())
          .addLast(new HttpObjectAggregator(8_192))
          .addLast(new WebSocketClientExtensionHandler(deflate))
          .addLast(new WebSocketClientProtocolHandler(handshaker))
          .addLast(new Reader());
    }
  }

  private final class Reader extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      received.add(frame.text());
    }
  }

  /** Waits for a message that contains something; others are passed over. */
  private void await(String part) throws InterruptedException {
    String message;
    do {
      message = Objects.requireNonNull(received.poll(10, SECONDS), part);
    } while (!message.contains(part));
  }

  @Test
  void messages_inBothDirections_areUnderstood(@TempDir Path data) throws Exception {
    var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (var server = new TestServer(data)) {
      var job = server.submit(null);
      var text = "a long message ".repeat(100);
      server.work.report(10, text);
      var uri = URI.create(server.socket("/progress/ws/" + job));
      var channel =
          new Bootstrap()
              .group(group)
              .channel(NioSocketChannel.class)
              .handler(new Pipeline(uri))
              .connect(uri.getHost(), uri.getPort())
              .sync()
              .channel();
      await(text);
      channel.writeAndFlush(new TextWebSocketFrame("{\"type\":\"ping\"}"));
      await("pong");
      server.work.report(20, "short");
      await("short");
      server.work.report(30, "another " + text);
      await("another " + text);
      assertThat(channel.pipeline().names()).anyMatch(name -> name.contains("DeflateDecoder"));
      server.work.finish("{}");
      channel.close().sync();
    } finally {
      group.shutdownGracefully(0, 1, SECONDS);
    }
  }
}
