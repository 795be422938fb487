package dev.headway.server.transport;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
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
  private final ArrayList<NettyConnection> connections = new ArrayList<>();
  private final CompletableFuture<@Nullable Void> empty = new CompletableFuture<>();
  private boolean leaving;

  LoopState(EventLoop loop, Shared shared) {
    this.loop = loop;
    this.shared = shared;
    this.fanout = new LoopFanout(loop, shared);
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
    return fanout.now();
  }

  void add(NettyConnection connection) {
    connection.placedAt(connections.size());
    connections.add(connection);
  }

  void remove(NettyConnection connection) {
    var place = connection.place();
    if (place >= 0) {
      var last = connections.removeLast();
      if (!last.equals(connection)) {
        connections.set(place, last);
        last.placedAt(place);
      }
      connection.placedAt(-1);
    }
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
      List.copyOf(connections).forEach(connection -> connection.close(code, reason));
    });
    return empty;
  }

  private void tick() {
    var wallClock = shared.clock().millis();
    for (var at = connections.size() - 1; at >= 0; at--) {
      var connection = connections.get(at);
      connection.tick();
      connection.checkCredential(wallClock, shared.credentials());
    }
  }
}
