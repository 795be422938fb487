package dev.headway.server.conformance;

import dev.headway.core.topic.Frame;
import dev.headway.server.Application;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.SocketSession;
import dev.headway.server.socket.SocketSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server with one socket, which sends each message back; the limits are the largest settings. */
final class EchoServer implements BeforeAllCallback, AfterAllCallback {
  /** The largest message, which is the largest that {@code ws.max-frame-bytes} can be set to. */
  static final int LARGEST = 1 << 20;

  static final String PATH = "/ws/echo";

  private @Nullable HeadwayServer server;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    var data = Files.createTempDirectory("echo");
    server =
        HeadwayServer.builder(config(ServerConfig.loopback(0, data)))
            .application(_ -> new EchoApplication())
            .start();
  }

  private static ServerConfig config(ServerConfig standard) {
    var sockets = SocketSettings.DEFAULT;
    return new ServerConfig(
        standard.listen(),
        standard.node(),
        standard.dataDirectory(),
        standard.auth(),
        new SocketSettings(
            Duration.ZERO, // a ping between the answers would be taken for one
            sockets.pong(),
            sockets.idle(),
            LARGEST,
            1_000_000,
            sockets.maxBody(),
            sockets.compressFrom()),
        standard.places(),
        standard.jobs(),
        standard.hub());
  }

  int port() {
    return Objects.requireNonNull(server, "not started").port();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Objects.requireNonNull(server, "not started").close();
  }

  /** The application of the server: its one socket. */
  private record EchoApplication() implements Application {
    @Override
    public String name() {
      return "echo";
    }

    @Override
    public List<SocketEndpoint> sockets() {
      return List.of(new EchoSocket());
    }
  }

  /** The socket, for text and binary messages. */
  private record EchoSocket() implements SocketEndpoint {
    @Override
    public String path() {
      return PATH;
    }

    @Override
    public boolean binary() {
      return true;
    }

    @Override
    public SocketSession open(Connection connection, Handshake handshake) {
      return new Echo(connection);
    }
  }

  /** The session of a client. */
  private record Echo(Connection connection) implements SocketSession {
    @Override
    public void received(Frame message) {
      connection.send(message);
    }
  }
}
