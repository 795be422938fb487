package dev.headway.server.transport.socket;

import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.CloseCounts;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.CredentialCheck;
import dev.headway.server.socket.SocketSettings;
import dev.headway.server.transport.fanout.DeliveryCounts;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** The connections of all event loops. Thread-safe. */
public final class ConnectionLoops {
  private final Executor workers;
  private final CredentialCheck credentials;
  private final ConnectionLimits limits;
  private final InstantSource clock;
  private final LongSupplier ticker;
  private final SocketSettings settings;
  private final Map<EventLoop, ConnectionLoop> loops = new ConcurrentHashMap<>();

  /**
   * @param workers runs actions that may block, a virtual thread each
   * @param credentials checks credentials that were verified before
   * @param limits counts connections
   * @param clock the wall clock
   * @param ticker milliseconds of a clock that never goes back
   */
  public ConnectionLoops(
      Executor workers,
      CredentialCheck credentials,
      ConnectionLimits limits,
      InstantSource clock,
      LongSupplier ticker,
      SocketSettings settings) {
    this.workers = workers;
    this.credentials = credentials;
    this.limits = limits;
    this.clock = clock;
    this.ticker = ticker;
    this.settings = settings;
  }

  /** The connections of an event loop. */
  public ConnectionLoop of(EventLoop loop) {
    return loops.computeIfAbsent(
        loop,
        key -> new ConnectionLoop(key, workers, credentials, limits, clock, ticker, settings));
  }

  /** The deliveries of all loops since the start. */
  public DeliveryCounts.Totals deliveries() {
    return loops.values().stream()
        .map(ConnectionLoop::deliveries)
        .reduce(DeliveryCounts.Totals.NONE, DeliveryCounts.Totals::plus);
  }

  /** The number of connections that a side has closed since the start with a code. */
  public long closed(CloseCounts.Side by, int code) {
    return loops.values().stream().mapToLong(loop -> loop.closes().of(by, code)).sum();
  }

  /** The number of open connections. */
  public int count() {
    return limits.total();
  }

  /**
   * Checks the credentials of all connections within a tick, a quarter of a second, and closes
   * those whose credential was revoked.
   */
  public void checkCredentials() {
    loops.values().forEach(ConnectionLoop::checkCredentials);
  }

  /** Closes every connection in order; the result completes when all are gone. */
  public CompletableFuture<Void> leave() {
    return CompletableFuture.allOf(
        loops.values().stream()
            .map(loop -> loop.leave(CloseCodes.RESTART, "The server is leaving"))
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Closes at once whatever is still open; the result completes then. */
  public CompletableFuture<Void> end() {
    return CompletableFuture.allOf(
        loops.values().stream().map(ConnectionLoop::end).toArray(CompletableFuture<?>[]::new));
  }
}
