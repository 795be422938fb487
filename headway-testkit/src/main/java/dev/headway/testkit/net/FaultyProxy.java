package dev.headway.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on a loopback port of its own in front of a server, which delays, throttles, stalls
 * and cuts what passes through it, and refuses connections, whenever a test says so. A virtual
 * thread a direction. Safe for use by any thread.
 */
public final class FaultyProxy implements AutoCloseable {
  private volatile InetSocketAddress target;
  private final ServerSocket listening;
  private final Faults faults = new Faults();
  private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /** A proxy in front of a loopback port. */
  public FaultyProxy(int port) {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** A proxy in front of {@code target}, which works without fault until told otherwise. */
  public FaultyProxy(InetSocketAddress target) {
    this.target = target;
    try {
      this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("proxy-accept").start(this::accept);
  }

  /** The port to connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** The address to connect to, over plain HTTP. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** Leads new connections to another loopback port: another server has taken the address over. */
  public void target(int port) {
    target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Holds every byte back for this long before it goes on; zero ends it. */
  public void delay(Duration time) {
    faults.delay(time);
  }

  /**
   * Lets through at most so many bytes a second in each direction of each connection.
   *
   * @param bytesPerSecond above 0; {@link Long#MAX_VALUE} ends it
   */
  public void throttle(long bytesPerSecond) {
    faults.throttle(bytesPerSecond);
  }

  /** Lets nothing through any more, and keeps connections open, until {@link #resume}. */
  public void stall() {
    faults.stall(true);
  }

  /** Ends a stall; nothing was lost. */
  public void resume() {
    faults.stall(false);
  }

  /** Cuts every open connection off, without a goodbye; new ones are let through. */
  public void cut() {
    open.forEach(ProxiedConnection::cut);
  }

  /** Cuts every connection, present or new, once so many further bytes came from the server. */
  public void cutAfter(long bytes) {
    faults.cutAfter(bytes);
  }

  /** Cuts off every connection, present or new, until {@link #restore}: the server is away. */
  public void refuse() {
    faults.refuse(true);
    cut();
  }

  /** Lets new connections through again. */
  public void restore() {
    faults.refuse(false);
  }

  /** How many connections were ever accepted and let through. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections are open. */
  public int open() {
    return open.size();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        admit(listening.accept());
      } catch (IOException _) {
        // Closed, or the other side was faster: the next one counts.
      }
    }
  }

  private void admit(Socket client) throws IOException {
    if (faults.refusing()) {
      client.setSoLinger(true, 0);
      client.close();
      return;
    }
    accepted.incrementAndGet();
    var passage = new ProxiedConnection(client, target, faults);
    open.add(passage);
    passage.start(() -> open.remove(passage));
  }

  /** Cuts everything off and gives the port back. */
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    faults.stall(false);
    cut();
  }
}
