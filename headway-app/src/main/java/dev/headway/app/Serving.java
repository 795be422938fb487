package dev.headway.app;

import dev.headway.app.config.Configuration;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's life as a process. */
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  private Serving() {}

  /**
   * Starts a server, says where it is reached, and serves until the process is told to stop.
   *
   * @throws dev.headway.store.StartupException when it cannot start, with the reason and the remedy
   */
  static int untilStopped(Configuration configuration, PrintWriter out)
      throws InterruptedException {
    LOG.info("Configuration:\n  {}", String.join("\n  ", configuration.lines()));
    var installation = Installation.start(configuration.settings());
    installation.closeOnSignal();
    LOG.info("{}", installation.whoIsServed());
    out.println("Headway is ready at " + installation.url() + "  (Ctrl-C stops it)");
    out.flush();
    System.gc(); // nobody is connected yet, and most of the heap is what the start has left behind
    new CountDownLatch(1).await();
    return 0;
  }
}
