package dev.headway.server.transport;

import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What one event loop keeps for all its connections. Used on its loop alone. */
final class LoopState {
  private static final long TICK_MS = 250;

  private final Shared shared;
  private final LoopFanout fanout;
  private final Set<NettyConnection> connections = new HashSet<>();

  LoopState(EventLoop loop, Shared shared) {
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
  }

  int size() {
    return connections.size();
  }

  /** Closes every connection in order. */
  void closeAll(int code, String reason) {
    Set.copyOf(connections).forEach(connection -> connection.close(code, reason));
  }

  private void tick() {
    var wallClock = shared.clock().millis();
    for (var connection : Set.copyOf(connections)) {
      connection.tick();
      connection.checkCredential(wallClock, shared.credentials());
    }
  }
}
