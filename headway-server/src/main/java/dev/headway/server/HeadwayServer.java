package dev.headway.server;

import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.Membership;
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
    join(parts.membership);
    try {
      return begun(parts);
    } catch (IOException | RuntimeException failure) { // the port is taken, for example
      leave(parts);
      throw failure;
    }
  }

  private static HeadwayServer begun(ServerParts parts) throws IOException {
    var reports = parts.platform.jobs().progressWriter().recover();
    if (reports > 0) {
      LOG.info("Took up the last reports of {} jobs, which were not yet stored", reports);
    }
    var recovered = parts.watchdog.recover(parts.config.node());
    if (recovered > 0) {
      LOG.info("Took up {} jobs that this node held when it stopped", recovered);
    }
    parts.watchdog.rearm();
    parts.applications.forEach(Application::started);
    var listen = parts.config.listen();
    var port = parts.transport.bind(listen.addresses(), listen.port());
    parts.housekeeping.start();
    parts.runner.start();
    return new HeadwayServer(parts, port);
  }

  private static void join(Membership membership) {
    if (!membership.shared()) {
      return;
    }
    try {
      membership.join(Thread::sleep);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while joining the other servers", interrupted);
    }
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
    return parts.platform.jobs();
  }

  /** Its topics. */
  public Hub hub() {
    return parts.platform.hub();
  }

  /** Its accounts. */
  public Accounts accounts() {
    return parts.accounts;
  }

  /** Whether clients without credentials are served. */
  public boolean servesAnonymous() {
    return parts.platform.access().anonymousServed();
  }

  /** How many sockets and streams are open. */
  public int connections() {
    return parts.transport.connections();
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
    var deadline = parts.config.listen().drain();
    parts.gate.drain();
    try {
      parts.runner.drain(deadline);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    parts.transport.close(Duration.ofSeconds(2));
    parts.housekeeping.close();
    parts.platform.jobs().storeAll();
    leave(parts);
  }

  private static void leave(ServerParts parts) {
    parts.applications.forEach(Application::stopped);
    if (parts.membership.shared()) {
      parts.membership.leave();
    }
  }

  /** A clock that never goes back, in milliseconds. */
  static LongSupplier monotonic(LongSupplier nanos) {
    return () -> nanos.getAsLong() / 1_000_000;
  }
}
