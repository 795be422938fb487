package dev.headway.server.transport.socket;

import dev.headway.core.topic.Topic;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.CloseCounts;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.CredentialCheck;
import dev.headway.server.socket.SocketSettings;
import dev.headway.server.transport.fanout.DeliveryCounts;
import dev.headway.server.transport.fanout.LoopTasks;
import dev.headway.server.transport.fanout.TopicFanout;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one event loop, and the topics that they watch. Each connection stands in a
 * timing wheel at the next moment at which something may be due for it, so that a tick touches no
 * others. Used on its loop, except for {@link #run}, {@link #leave}, {@link #end} and {@link
 * #checkCredentials}.
 */
public final class ConnectionLoop {
  /** A connection, as its loop sees it. */
  public abstract static class Member extends TimingWheel.Entry<Member> {
    Member() {}

    /**
     * Does what is due.
     *
     * @param now the loop's time in milliseconds
     * @param wallClock the time of the wall clock in milliseconds
     * @return the time of the next look, at the latest, by the loop's clock
     */
    abstract long look(long now, long wallClock);

    /** Closes in order. */
    public abstract void close(int code, String reason);

    /** Closes at once. */
    abstract void abort();
  }

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);
  private static final long TICK_MS = 250;

  /** A minute's worth of ticks: more than lies between two pings. */
  private static final int TICKS = 256;

  /** The connections that a leaving server closes at a time, at least. */
  private static final int WAVE = 100;

  /** The waves in which all are closed, a tick apart: fewer than the ticks that a server waits. */
  private static final int WAVES = 6;

  private final EventLoop loop;
  private final Executor workers;
  private final CredentialCheck credentials;
  private final ConnectionLimits limits;
  private final InstantSource clock;
  private final LongSupplier ticker;
  private final Deflation deflation;
  private final DeliveryCounts deliveries;
  private final CloseCounts closes = new CloseCounts();
  private final Map<Topic, TopicFanout> fanouts = new HashMap<>();
  private final TimingWheel<Member> wheel;
  private final Set<Channel> http = new HashSet<>();
  private final CompletableFuture<@Nullable Void> empty = new CompletableFuture<>();
  private final ArrayDeque<Runnable> waves = new ArrayDeque<>();
  private long nextWave;
  private boolean leaving;

  /** The wall clock's lead over the loop's clock at the last tick. */
  private long wallAhead;

  private volatile boolean credentialsChanged;

  ConnectionLoop(
      EventLoop loop,
      Executor workers,
      CredentialCheck credentials,
      ConnectionLimits limits,
      InstantSource clock,
      LongSupplier ticker,
      SocketSettings settings) {
    this.loop = loop;
    this.workers = workers;
    this.credentials = credentials;
    this.limits = limits;
    this.clock = clock;
    this.ticker = ticker;
    this.deliveries = new DeliveryCounts(clock);
    this.deflation = new Deflation(settings.compressFrom());
    this.wheel = new TimingWheel<>(TICKS, TICK_MS, now());
    this.wallAhead = clock.millis() - now();
    var _ = loop.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  /** The executor of actions that may block. */
  public Executor workers() {
    return workers;
  }

  /**
   * Runs an action on the loop: at once if it is called there, never if the loop has ended.
   * Thread-safe.
   */
  void run(Runnable action) {
    if (loop.inEventLoop()) {
      action.run();
    } else {
      LoopTasks.execute(loop, action);
    }
  }

  CredentialCheck credentials() {
    return credentials;
  }

  /** The counts of open connections. */
  public ConnectionLimits limits() {
    return limits;
  }

  /** The counts of closed connections. Thread-safe. */
  CloseCounts closes() {
    return closes;
  }

  /** The counts of deliveries. Thread-safe. */
  DeliveryCounts.Totals deliveries() {
    return deliveries.totals();
  }

  /** The compressor of messages for clients that have agreed on compression. */
  Deflation deflation() {
    return deflation;
  }

  /** Milliseconds of a clock that never goes back. */
  public long now() {
    return ticker.getAsLong();
  }

  /** The fan-out of a topic on this loop; a hot topic has one on every loop. */
  TopicFanout fanout(Topic topic) {
    return fanouts.computeIfAbsent(topic, this::newFanout);
  }

  private TopicFanout newFanout(Topic topic) {
    var fanout = new TopicFanout(topic, loop, ticker, this::dropFanout, deliveries);
    topic.listen(fanout);
    return fanout;
  }

  private void dropFanout(TopicFanout fanout) {
    if (fanouts.remove(fanout.topic(), fanout)) {
      fanout.topic().unlisten(fanout, clock.instant());
    }
  }

  /** Adds a connection, to be looked at with the next tick. */
  public void add(Member connection) {
    wheel.add(connection);
  }

  /** Removes a connection that is gone. */
  public void remove(Member connection) {
    wheel.remove(connection);
    if (wheel.isEmpty() && leaving) {
      empty.complete(null);
    }
  }

  /** Notes a connection that speaks HTTP. */
  public void addHttp(Channel connection) {
    http.add(connection);
  }

  /** Removes a connection that speaks HTTP no more. */
  public void removeHttp(Channel connection) {
    http.remove(connection);
  }

  /** Looks at a connection with the next tick: something may be due earlier than was said. */
  void lookSoonAt(Member connection) {
    wheel.move(connection, now());
  }

  /** Checks all credentials with the next tick: some may have been revoked. Thread-safe. */
  void checkCredentials() {
    credentialsChanged = true;
  }

  /**
   * Closes every connection in order, in waves, because all come to other servers then; the result
   * completes when all are gone. Thread-safe.
   */
  CompletableFuture<@Nullable Void> leave(int code, String reason) {
    loop.execute(() -> {
      leaving = true;
      if (wheel.isEmpty()) {
        empty.complete(null);
      }
      var all = wheel.all();
      var size = Math.max(WAVE, Math.ceilDiv(all.size(), WAVES));
      for (var from = 0; from < all.size(); from += size) {
        var wave = all.subList(from, Math.min(all.size(), from + size));
        waves.add(() -> wave.forEach(connection -> connection.close(code, reason)));
      }
      nextWave = now();
      closeWave(nextWave);
    });
    return empty;
  }

  /** Closes at once whatever is open, HTTP connections too; the result completes then. */
  @SuppressWarnings("FutureReturnValueIgnored") // a channel that cannot be closed is closed already
  CompletableFuture<Void> end() {
    return CompletableFuture.runAsync(
        () -> {
          List.copyOf(http).forEach(Channel::close);
          wheel.all().forEach(Member::abort);
        },
        loop);
  }

  private void closeWave(long now) {
    if (now >= nextWave && !waves.isEmpty()) {
      waves.remove().run();
      nextWave = now + TICK_MS;
    }
  }

  /** Looks at every connection for which something may be due. */
  void tick() {
    var now = now();
    var wallClock = clock.millis();
    var ahead = wallClock - now;
    // Credentials end by the wall clock, the wheel turns by the loop's: the former may be set.
    if (credentialsChanged || Math.abs(ahead - wallAhead) > TICK_MS) {
      credentialsChanged = false;
      wallAhead = ahead;
      wheel.all().forEach(this::lookSoonAt);
    }
    wheel.turn(now, connection -> wheel.move(connection, look(connection, now, wallClock)));
    closeWave(now);
  }

  /* A failure costs its connection alone: the others are looked at, now and with the next tick. */
  private static long look(Member connection, long now, long wallClock) {
    try {
      return connection.look(now, wallClock);
    } catch (RuntimeException | Error failure) {
      LOG.error("A connection is closed because of a failure", failure);
      connection.close(CloseCodes.INTERNAL, "Internal error");
      return now;
    }
  }
}
