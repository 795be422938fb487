package dev.headway.server;

import dev.headway.core.engine.Jobs;
import dev.headway.core.topic.Hub;
import dev.headway.server.account.Accounts;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. Built by {@link ServerBuilder}; lives until {@link #close()}. Safe for use by
 * any thread.
 */
public final class HeadwayServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadwayServer.class);

  private final ServerParts parts;
  private final Housekeeping housekeeping = new Housekeeping();
  private final int port;
  private volatile boolean closed;

  private HeadwayServer(ServerParts parts, int port) {
    this.parts = parts;
    this.port = port;
  }

  /** Begins to set up a server. */
  public static ServerBuilder builder(ServerConfig config) {
    return new ServerBuilder(config);
  }

  static HeadwayServer start(ServerParts parts) throws IOException {
    var recovered = parts.watchdog().recover(parts.config().node());
    if (recovered > 0) {
      LOG.info("Took up {} jobs that this node held when it stopped", recovered);
    }
    parts.watchdog().rearm();
    parts.applications().forEach(Application::started);
    var listen = parts.config().listen();
    var port = parts.transport().bind(listen.addresses(), listen.port());
    var server = new HeadwayServer(parts, port);
    server.beginDuties();
    parts.runner().start();
    return server;
  }

  private void beginDuties() {
    var jobs = parts.config().jobs();
    housekeeping.every(Duration.ofMillis(50), "flush reports", parts.runner()::flush);
    housekeeping.every(
        Duration.ofMillis(250), "checkpoint progress", parts.jobs().checkpoints()::flush);
    housekeeping.every(Duration.ofMillis(250), "settle lost answers", parts.jobs()::settle);
    housekeeping.every(Duration.ofMillis(500), "watch jobs", parts::watchJobs);
    parts
        .otherNodes()
        .ifPresent(
            nodes -> housekeeping.every(Duration.ofMillis(300), "follow other nodes", nodes::tick));
    housekeeping.every(jobs.lease().dividedBy(3), "renew leases", parts.runner()::renew);
    housekeeping.every(Duration.ofSeconds(2), "announce ends", parts.webhooks()::tick);
    housekeeping.every(Duration.ofSeconds(1), "show the server's status", parts.status()::tick);
    housekeeping.every(Duration.ofSeconds(10), "sweep topics", parts.hub()::sweep);
    housekeeping.every(
        Duration.ofSeconds(parts.config().auth().reloadSeconds()),
        "reload accounts",
        parts.accounts()::reload);
    housekeeping.every(Duration.ofHours(1), "purge jobs", parts::purge);
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** Where it is reached on this machine. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Its jobs. */
  public Jobs jobs() {
    return parts.jobs();
  }

  /** Its topics. */
  public Hub hub() {
    return parts.hub();
  }

  /** Its accounts. */
  public Accounts accounts() {
    return parts.accounts();
  }

  /** Whether clients without credentials are served. */
  public boolean servesAnonymous() {
    return parts.access().anonymousServed();
  }

  /** How many sockets and streams are open. */
  public int connections() {
    return parts.transport().connections();
  }

  /**
   * Leaves in order: lets nobody in any more, gives running work until the deadline, stores what is
   * not stored, tells the watchers and closes. Further calls do nothing.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    var deadline = parts.config().listen().drain();
    parts.drain();
    try {
      parts.runner().drain(deadline);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    parts.transport().close(Duration.ofSeconds(2));
    housekeeping.close();
    parts.jobs().checkpoints().flush();
    parts.applications().forEach(Application::stopped);
  }

  /** A clock that never goes back, in milliseconds. */
  static LongSupplier monotonic(LongSupplier nanos) {
    return () -> nanos.getAsLong() / 1_000_000;
  }
}
