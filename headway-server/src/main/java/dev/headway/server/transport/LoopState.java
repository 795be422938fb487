package dev.headway.server.transport;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop keeps for all its connections. Each stands in a timing wheel at the moment at
 * which something may be due for it, so that a tick touches no others. Used on its loop alone, but
 * for {@link #leave} and {@link #checkCredentials}.
 */
final class LoopState {
  private static final long TICK_MS = 250;

  /** A minute's worth of ticks: more than lies between two pings. */
  private static final int TICKS = 256;

  private final Shared shared;
  private final LoopFanout fanout;
  private final Deflation deflation;
  private final EventLoop loop;
  private final TimingWheel<NettyConnection> wheel;
  private final CompletableFuture<@Nullable Void> empty = new CompletableFuture<>();
  private boolean leaving;

  /** By how much the wall clock was ahead of the loop's clock at the last tick. */
  private long wallAhead;

  private volatile boolean credentialsChanged;

  LoopState(EventLoop loop, Shared shared) {
    this.loop = loop;
    this.shared = shared;
    this.fanout = new LoopFanout(loop, shared);
    this.deflation = new Deflation(shared.settings().compressFrom());
    this.wheel = new TimingWheel<>(TICKS, TICK_MS, now());
    this.wallAhead = shared.clock().millis() - now();
    var _ = loop.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  Shared shared() {
    return shared;
  }

  LoopFanout fanout() {
    return fanout;
  }

  /** What compresses messages for those who have agreed on it. */
  Deflation deflation() {
    return deflation;
  }

  /** Milliseconds of a clock that never goes back. */
  long now() {
    return fanout.now();
  }

  void add(NettyConnection connection) {
    wheel.add(connection);
  }

  void remove(NettyConnection connection) {
    wheel.remove(connection);
    if (wheel.isEmpty() && leaving) {
      empty.complete(null);
    }
  }

  /**
   * Something may be due for a connection earlier than was said: looks at it with the next tick.
   */
  void lookSoonAt(NettyConnection connection) {
    wheel.move(connection, now());
  }

  /**
   * Credentials may have been revoked: with the next tick all are looked at. Called by any thread.
   */
  void checkCredentials() {
    credentialsChanged = true;
  }

  /** Closes every connection in order; the result completes when all are gone. */
  CompletableFuture<@Nullable Void> leave(int code, String reason) {
    loop.execute(() -> {
      leaving = true;
      if (wheel.isEmpty()) {
        empty.complete(null);
      }
      wheel.all().forEach(connection -> connection.close(code, reason));
    });
    return empty;
  }

  /** Looks at every connection for which something may be due. */
  void tick() {
    var now = now();
    var wallClock = shared.clock().millis();
    var ahead = wallClock - now;
    // Ends of credentials stand where the wall clock was to reach them; it may be set, though.
    if (credentialsChanged || Math.abs(ahead - wallAhead) > TICK_MS) {
      credentialsChanged = false;
      wallAhead = ahead;
      wheel.all().forEach(this::lookSoonAt);
    }
    wheel.turn(now, connection -> wheel.move(connection, connection.look(now, wallClock)));
  }
}
