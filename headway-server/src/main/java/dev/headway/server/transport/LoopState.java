package dev.headway.server.transport;

import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop keeps for all its connections. Used on its loop alone, but for {@link
 * #leave}.
 */
final class LoopState {
  private static final long TICK_MS = 250;

  private final Shared shared;
  private final LoopFanout fanout;
  private final EventLoop loop;
  private final Set<NettyConnection> connections = new HashSet<>();
  private final CompletableFuture<@Nullable Void> empty = new CompletableFuture<>();
  private boolean leaving;

  LoopState(EventLoop loop, Shared shared) {
    this.loop = loop;
    this.shared = shared;
    this.fanout = new LoopFanout(loop, shared.clock());
    var _ = loop.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  Shared shared() {
    return shared;
  }

  LoopFanout fanout() {
    return fanout;
  }

  /** Milliseconds of a clock that never goes back. */
  long now() {
    return shared.ticker().getAsLong();
  }

  void add(NettyConnection connection) {
    connections.add(connection);
  }

  void remove(NettyConnection connection) {
    connections.remove(connection);
    if (connections.isEmpty() && leaving) {
      empty.complete(null);
    }
  }

  /** Closes every connection in order; the result completes when all are gone. */
  CompletableFuture<@Nullable Void> leave(int code, String reason) {
    loop.execute(() -> {
      leaving = true;
      if (connections.isEmpty()) {
        empty.complete(null);
      }
      Set.copyOf(connections).forEach(connection -> connection.close(code, reason));
    });
    return empty;
  }

  private void tick() {
    var wallClock = shared.clock().millis();
    for (var connection : Set.copyOf(connections)) {
      connection.tick();
      connection.checkCredential(wallClock, shared.credentials());
    }
  }
}
