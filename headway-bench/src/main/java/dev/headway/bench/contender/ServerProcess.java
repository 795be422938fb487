package dev.headway.bench.contender;

import dev.headway.bench.load.LoadException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, ended with this one at the latest. Thread-safe. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofMinutes(3);
  private static final int LOG_LINES = 12;

  private final Process process;
  private final Path log;
  private final InetSocketAddress address;
  private final Duration startTime;
  private final Thread reaper;

  private ServerProcess(Process process, Path log, InetSocketAddress address, Duration startTime) {
    this.process = process;
    this.log = log;
    this.address = address;
    this.startTime = startTime;
    this.reaper = new Thread(() -> end(process));
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /**
   * How to start a server.
   *
   * @param command with its arguments
   * @param folder where it runs and what it says is kept
   * @param environment on top of this process's own, whose HEADWAY_ settings it does not get
   */
  public record Launch(List<String> command, Path folder, Map<String, String> environment) {
    /** Takes copies. */
    public Launch {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    /** Without further environment. */
    public static Launch of(Path folder, List<String> command) {
      return new Launch(command, folder, Map.of());
    }

    /** The same on one processor. */
    Launch on(int processor) {
      var pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(processor)));
      pinned.addAll(command);
      return new Launch(pinned, folder, environment);
    }
  }

  /** Finds out where a server that is starting can be reached; empty while it cannot. */
  public interface Readiness {
    /** The address, once it is there. */
    Optional<InetSocketAddress> look(Path log) throws IOException;
  }

  /** Starts a server and waits until it is ready. */
  public static ServerProcess start(Launch launch, Readiness readiness) {
    try {
      Files.createDirectories(launch.folder());
      var log = launch.folder().resolve("server.log");
      var began = System.nanoTime();
      var process = builder(launch, log).start();
      var address = await(process, log, readiness);
      return new ServerProcess(process, log, address, Duration.ofNanos(System.nanoTime() - began));
    } catch (IOException failed) {
      throw new LoadException("The server cannot be started: " + failed.getMessage(), failed);
    }
  }

  private static ProcessBuilder builder(Launch launch, Path log) {
    var builder =
        new ProcessBuilder(launch.command())
            .directory(launch.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HEADWAY_"));
    builder.environment().putAll(launch.environment());
    return builder;
  }

  private static InetSocketAddress await(Process process, Path log, Readiness readiness)
      throws IOException {
    var until = System.nanoTime() + START_WITHIN.toNanos();
    while (System.nanoTime() < until && process.isAlive()) {
      var address = readiness.look(log);
      if (address.isPresent()) {
        return address.get();
      }
      pause();
    }
    end(process);
    throw new LoadException("The server did not start; it said:\n" + tail(log));
  }

  private static void pause() {
    try {
      Thread.sleep(3);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }

  /** Ready as soon as it accepts connections on a port. */
  public static Readiness listening(int port) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return _ -> {
      try (var socket = new Socket()) {
        socket.connect(address, 100);
        return Optional.of(address);
      } catch (IOException _) {
        return Optional.empty();
      }
    };
  }

  /** A port that is free now. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new LoadException("There is no free port", failed);
    }
  }

  /** Where it is reached. */
  public InetSocketAddress address() {
    return address;
  }

  /** How long it took from its start until it was ready. */
  public Duration startTime() {
    return startTime;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Its usage so far, with its children. */
  public Usage usage() {
    return Usage.of(process.toHandle());
  }

  /** The end of what it has said. */
  public String tail() {
    return tail(log);
  }

  private static String tail(Path log) {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException failed) {
      return String.valueOf(failed.getMessage());
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(reaper);
    end(process);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
