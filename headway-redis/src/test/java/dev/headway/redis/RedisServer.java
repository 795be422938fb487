package dev.headway.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, on a free loopback port, that keeps nothing. */
final class RedisServer implements AutoCloseable {
  private final String program;
  private final List<String> options;
  private final Path directory;
  private final int port;
  private @Nullable Process process;

  private RedisServer(String program, List<String> options) {
    this.program = program(program);
    this.options = options;
    try {
      this.directory = Files.createTempDirectory("headway-redis");
      this.port = freePort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a server.
   *
   * @param program {@code redis-server} or {@code valkey-server}
   * @param options as in its configuration file, one each
   */
  static RedisServer started(String program, String... options) {
    var server = new RedisServer(program, List.of(options));
    server.start();
    return server;
  }

  /* A cluster's server listens 10,000 ports higher, too. */
  private static int freePort() throws IOException {
    while (true) {
      try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (free.getLocalPort() < 55_000) {
          return free.getLocalPort();
        }
      }
    }
  }

  private static String program(String name) {
    var folders = Stream.of(System.getenv("PATH").split(":", -1), new String[] {"/usr/bin"});
    return folders
        .flatMap(Stream::of)
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Install " + name + " (scripts/tools.sh)"))
        .toString();
  }

  int port() {
    return port;
  }

  /** The address of a server for itself. */
  RedisAddress address() {
    return RedisAddress.parse("redis://127.0.0.1:" + port);
  }

  /** Starts it, or starts it again. */
  void start() {
    var lines = new ArrayList<String>();
    lines.addAll(
        List.of("port " + port, "bind 127.0.0.1", "dir " + directory, "save \"\"", "daemonize no"));
    lines.addAll(options);
    try {
      var configuration = directory.resolve("server.conf");
      if (!Files.exists(configuration)) { // a Sentinel writes to its own
        Files.write(configuration, lines);
      }
      var command = new ArrayList<>(List.of(program, configuration.toString()));
      if (options.stream().anyMatch(option -> option.startsWith("sentinel "))) {
        command.add("--sentinel");
      }
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("server.log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await().until(this::answers);
  }

  private boolean answers() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** Kills it; {@link #start} starts it again. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
