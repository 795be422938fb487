package dev.headway.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One connection through the proxy. */
final class ProxiedConnection {
  private static final int BUFFER = 16 * 1024;

  private final Socket client;
  private final Socket server;
  private final InetSocketAddress target;
  private final Faults faults;

  ProxiedConnection(Socket client, InetSocketAddress target, Faults faults) {
    this.client = client;
    this.server = new Socket();
    this.target = target;
    this.faults = faults;
  }

  /** Begins to carry bytes. */
  void start(Runnable whenOver) {
    Thread.ofVirtual()
        .name("proxy-up")
        .start(() -> {
          try {
            connect();
          } finally {
            whenOver.run();
          }
        });
  }

  private void connect() {
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(target);
      var down = Thread.ofVirtual().name("proxy-down").start(() -> carry(server, client, true));
      carry(client, server, false);
      down.join();
    } catch (IOException | InterruptedException _) {
      cut();
    }
  }

  private void carry(Socket from, Socket to, boolean fromServer) {
    var buffer = new byte[BUFFER];
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (var n = read(in, buffer); n >= 0; n = read(in, buffer)) {
        faults.pass(n);
        var allowed = fromServer ? faults.allowed(n) : n;
        out.write(buffer, 0, allowed);
        out.flush();
        if (allowed < n) {
          cut();
          return;
        }
      }
      to.shutdownOutput();
    } catch (IOException | InterruptedException _) {
      cut();
    }
  }

  private int read(InputStream in, byte[] buffer) throws IOException {
    return in.read(buffer, 0, faults.portion(buffer.length));
  }

  /** Ends both sides with a reset. */
  void cut() {
    reset(client);
    reset(server);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // Closed already.
    }
    try {
      socket.close();
    } catch (IOException _) {
      // Closed already.
    }
  }
}
