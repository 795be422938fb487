package dev.headway.bench.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One server's way to the database or the bus, through a port of this process, with the faults that
 * such a way has. Thread-safe.
 */
final class FaultyLink implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;
  /* What PostgreSQL answers to COMMIT: CommandComplete with its tag (the manual, 54.7). */
  private static final String COMMITTED = "C\0\0\0\013COMMIT\0";

  private final InetSocketAddress target;
  private final ServerSocket listening;
  private final Set<Passage> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger commitsToLose = new AtomicInteger();
  private volatile boolean away;
  private volatile boolean silent;

  /** A way to a server, as yet without faults. */
  FaultyLink(String host, int port) {
    target = new InetSocketAddress(host, port);
    try {
      listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** The address of the same service by this way. */
  URI through(URI address) {
    var user = address.getRawUserInfo() == null ? "" : address.getRawUserInfo() + "@";
    var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return URI.create(
        "%s://%s127.0.0.1:%d%s%s"
            .formatted(
                address.getScheme(),
                user,
                listening.getLocalPort(),
                address.getRawPath() == null ? "" : address.getRawPath(),
                query));
  }

  /** Cuts all connections off and takes no new ones, or takes them again: the service restarts. */
  void away(boolean on) {
    away = on;
    if (on) {
      open.forEach(Passage::cut);
    }
  }

  /** Lets nothing through, and keeps connections open, or goes on. */
  void silent(boolean on) {
    silent = on;
  }

  /** Cuts connections off in place of the next answers to COMMIT. */
  void loseCommits(int count) {
    commitsToLose.set(count);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        if (away) {
          Passage.reset(client);
        } else {
          Thread.ofVirtual().start(new Passage(client)::connect);
        }
      } catch (IOException _) {
        // Closed, or the other side was faster: the next one counts.
      }
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    open.forEach(Passage::cut);
  }

  private final class Passage {
    private final Socket client;
    private final Socket server = new Socket();

    Passage(Socket client) {
      this.client = client;
    }

    void connect() {
      open.add(this);
      try {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        server.connect(target);
        var down = Thread.ofVirtual().start(() -> carry(server, client, true));
        carry(client, server, false);
        down.join();
      } catch (IOException | InterruptedException _) {
        // Cut below.
      } finally {
        cut();
        open.remove(this);
      }
    }

    private void carry(Socket from, Socket to, boolean down) {
      var buffer = new byte[BUFFER];
      try {
        var in = from.getInputStream();
        var out = to.getOutputStream();
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          while (silent) {
            TimeUnit.MILLISECONDS.sleep(50);
          }
          if (down && losesCommit(buffer, n)) {
            break;
          }
          out.write(buffer, 0, n);
        }
      } catch (IOException | InterruptedException _) {
        // Cut below.
      }
      cut();
    }

    private boolean losesCommit(byte[] buffer, int length) {
      return commitsToLose.get() > 0
          && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(COMMITTED)
          && commitsToLose.getAndDecrement() > 0;
    }

    void cut() {
      reset(client);
      reset(server);
    }

    static void reset(Socket socket) {
      try (socket) {
        socket.setSoLinger(true, 0);
      } catch (IOException _) {
        // Closed already.
      }
    }
  }
}
