package dev.headway.bench.torture;

import dev.headway.bench.contender.ServerProcess;
import dev.headway.bench.contender.ServerProcess.Launch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The servers, each a process on a port of its own, and what is done to them. Thread-safe. */
final class Nodes implements AutoCloseable {
  /** Longer than the leases that the workers take. */
  private static final long STOPPED_SECONDS = 6;

  private final List<Node> nodes;
  private final Random random;

  /**
   * Starts servers.
   *
   * @param command of one, with a database and, if need be, a bus
   * @param folder for their data
   */
  Nodes(int count, List<String> command, Path folder, Random random) {
    this.random = random;
    this.nodes = IntStream.range(0, count).mapToObj(at -> new Node(command, folder, at)).toList();
    nodes.parallelStream().forEach(Node::start);
  }

  /** The address of any of them, also of one that is down. */
  URI any() {
    return URI.create("http://127.0.0.1:" + nodes.get(random.nextInt(nodes.size())).port);
  }

  /** Does something bad to one of them and mends it; returns what. */
  String strike() throws InterruptedException {
    var node = nodes.get(random.nextInt(nodes.size()));
    return switch (random.nextInt(4)) {
      case 0 -> {
        node.stopAndContinue();
        yield "SIGSTOP past the leases";
      }
      case 1 -> {
        node.terminate();
        yield "SIGTERM";
      }
      default -> {
        node.kill();
        yield "kill -9";
      }
    };
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
  }

  private static final class Node {
    private final int port = ServerProcess.freePort();
    private final Launch launch;
    private @Nullable ServerProcess process;

    Node(List<String> command, Path folder, int number) {
      var name = "node-" + (number + 1);
      var data = folder.resolve(name);
      var whole = new ArrayList<>(command);
      whole.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
      launch =
          new Launch(
              whole,
              data,
              Map.of(
                  "HEADWAY_AUTH_KEY_FILE",
                  folder.resolve("signing.key").toString(),
                  "HEADWAY_SERVER_DRAIN_SECONDS",
                  "2",
                  "HEADWAY_LIMITS_CONNECTIONS_PER_USER",
                  "5000",
                  "HEADWAY_LIMITS_CONNECTIONS_PER_RESOURCE",
                  "1000",
                  "HEADWAY_LOG_LEVEL",
                  "warn"));
    }

    synchronized void start() {
      process = ServerProcess.start(launch, ServerProcess.listening(port));
    }

    synchronized void kill() {
      running().close();
      start();
    }

    synchronized void terminate() throws InterruptedException {
      var handle = ProcessHandle.of(running().pid());
      handle.ifPresent(ProcessHandle::destroy);
      handle.ifPresent(gone -> gone.onExit().orTimeout(30, TimeUnit.SECONDS).join());
      running().close();
      start();
    }

    synchronized void stopAndContinue() throws InterruptedException {
      signal("STOP");
      TimeUnit.SECONDS.sleep(STOPPED_SECONDS);
      signal("CONT");
    }

    private void signal(String name) throws InterruptedException {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(running().pid())).start().waitFor();
      } catch (IOException failed) {
        throw new IllegalStateException("The signal cannot be sent", failed);
      }
    }

    synchronized void close() {
      if (process != null) {
        process.close();
      }
    }

    private ServerProcess running() {
      return Objects.requireNonNull(process, "Not started yet");
    }
  }
}
