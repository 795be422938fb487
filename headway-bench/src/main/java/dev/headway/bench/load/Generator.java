package dev.headway.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Puts load on servers: one event loop, so that nothing of what is counted is shared between
 * threads. Linux only. Its methods may be called by any thread.
 */
public final class Generator implements AutoCloseable {
  /** Addresses that clients come from: a single one has ports for 28,000 connections. */
  private static final int ADDRESSES = 8;

  private static final int READ = 64 * 1024;
  private static final long PATIENCE_SECONDS = 300;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private int connected;

  /** With its event loop. */
  public Generator() {}

  EventLoop loop() {
    return loop;
  }

  /**
   * Connects watchers, so many to each topic, and waits until all of them watch.
   *
   * @param receiveBytes how much of what a watcher has not read the kernel keeps; 0 for its default
   * @param progress told how many watch so far
   * @throws LoadException when the server does not let them
   */
  public Crowd gather(List<Flow> flows, int each, int receiveBytes, IntConsumer progress) {
    var crowd = new Crowd(this, flows, each, receiveBytes);
    try {
      crowd.gather(progress);
      return crowd;
    } catch (RuntimeException failed) {
      crowd.close();
      throw failed;
    }
  }

  /** Connects on the loop, with the kernel's default for what is not read. */
  void connect(InetSocketAddress server, ChannelHandler handler, Consumer<Throwable> failed) {
    connect(server, handler, 0, failed);
  }

  /** Connects on the loop. */
  void connect(
      InetSocketAddress server,
      ChannelHandler handler,
      int receiveBytes,
      Consumer<Throwable> failed) {
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ))
            .handler(new Single(handler));
    if (receiveBytes > 0) {
      bootstrap.option(ChannelOption.SO_RCVBUF, receiveBytes);
    }
    connected++;
    var from = new InetSocketAddress("127.0.0." + (2 + connected % ADDRESSES), 0);
    bootstrap
        .connect(server, from)
        .addListener(
            (ChannelFutureListener)
                future -> {
                  if (!future.isSuccess()) {
                    failed.accept(future.cause());
                  }
                });
  }

  private static final class Single extends ChannelInitializer<SocketChannel> {
    private final ChannelHandler handler;

    Single(ChannelHandler handler) {
      this.handler = handler;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      channel.pipeline().addLast(handler);
    }
  }

  /** Does something on the loop and waits for it. */
  <T> T onLoop(Supplier<T> action) {
    return await(CompletableFuture.supplyAsync(action, loop));
  }

  /** Waits; what went wrong is thrown as it was. */
  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException failed) {
      if (failed.getCause() instanceof LoadException reason) {
        throw reason;
      }
      throw new LoadException("The load broke off: " + failed.getCause(), failed);
    } catch (TimeoutException _) {
      throw new LoadException("The server did not answer for %d s".formatted(PATIENCE_SECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
  }
}
