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
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The servers, each a process on a port of its own, whose ways to the database and the bus lead
 * through this process, and what is done to them. Thread-safe.
 */
final class Nodes implements AutoCloseable {
  /** Longer than the leases that the workers take. */
  private static final long STOPPED_SECONDS = 6;

  private static final long AWAY_SECONDS = 2;
  private static final long SILENT_SECONDS = 4;
  private static final int LOST_COMMITS = 3;
  private static final int DATABASE_PORT = 5_432;
  private static final int BUS_PORT = 6_379;

  /** Held shared by starts, which need the database, and alone by those who take it away. */
  private final ReadWriteLock databaseStays = new ReentrantReadWriteLock();

  private final List<Node> nodes;
  private final Random random;
  private final Services services;

  /**
   * The database and the bus.
   *
   * @param database its address
   * @param bus its address; null for that of the database
   * @param restart a command that restarts the database; null for cutting all off
   * @param restartBus a command that restarts the bus; null for cutting all off
   */
  record Services(
      String database,
      @Nullable String bus,
      @Nullable String restart,
      @Nullable String restartBus) {}

  /**
   * The settings that the servers have in common.
   *
   * @param command of one, without its database and bus
   * @param folder for their data
   */
  record Setup(List<String> command, Services services, Path folder) {
    /** Takes a copy. */
    Setup {
      command = List.copyOf(command);
    }
  }

  /** Starts servers. */
  Nodes(int count, Setup setup, Random random) {
    this.random = random;
    this.services = setup.services;
    this.nodes =
        IntStream.range(0, count)
            .mapToObj(at -> new Node(setup, at, databaseStays.readLock()))
            .toList();
    nodes.parallelStream().forEach(Node::start);
  }

  /** The address of any of them, also of one that is down. */
  URI any() {
    return URI.create("http://127.0.0.1:" + nodes.get(random.nextInt(nodes.size())).port);
  }

  /** Does something bad to one or all of them and mends it; returns what. */
  String strike() throws InterruptedException {
    var node = nodes.get(random.nextInt(nodes.size()));
    return switch (random.nextInt(9)) {
      case 0 -> {
        node.stopAndContinue();
        yield "SIGSTOP past the leases";
      }
      case 1 -> {
        node.terminate();
        yield "SIGTERM";
      }
      case 2 -> {
        node.database.loseCommits(LOST_COMMITS);
        TimeUnit.SECONDS.sleep(AWAY_SECONDS);
        yield "answers to COMMIT lost";
      }
      case 3 -> {
        node.silence();
        yield "half-open connections to database and bus";
      }
      case 4 -> {
        restartDatabase();
        yield services.restart == null ? "database cut off" : "database restarted";
      }
      case 5 -> {
        restartBus();
        yield services.restartBus == null ? "bus cut off" : "bus restarted";
      }
      default -> {
        node.kill();
        yield "kill -9";
      }
    };
  }

  private void restartDatabase() throws InterruptedException {
    databaseStays.writeLock().lock();
    try {
      if (services.restart != null) {
        run("sh", "-c", services.restart);
        return;
      }
      nodes.forEach(node -> node.database.away(true));
      TimeUnit.SECONDS.sleep(AWAY_SECONDS);
      nodes.forEach(node -> node.database.away(false));
    } finally {
      databaseStays.writeLock().unlock();
    }
  }

  private synchronized void restartBus() throws InterruptedException {
    if (services.restartBus != null) {
      run("sh", "-c", services.restartBus);
      return;
    }
    nodes.forEach(node -> node.bus.away(true));
    TimeUnit.SECONDS.sleep(AWAY_SECONDS);
    nodes.forEach(node -> node.bus.away(false));
  }

  private static void run(String... command) throws InterruptedException {
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException failed) {
      throw new IllegalStateException(String.join(" ", command) + " cannot be run", failed);
    }
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
  }

  private static final class Node {
    private final int port = ServerProcess.freePort();
    private final FaultyLink database;
    private final FaultyLink bus;
    private final Launch launch;
    private final Lock startable;
    private @Nullable ServerProcess process;

    Node(Setup setup, int number, Lock startable) {
      this.startable = startable;
      var ofDatabase = URI.create(setup.services.database);
      var ofBus = setup.services.bus == null ? ofDatabase : URI.create(setup.services.bus);
      database = link(ofDatabase);
      bus = link(ofBus);
      var data = setup.folder.resolve("node-" + (number + 1));
      var whole = new ArrayList<>(setup.command);
      whole.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
      whole.addAll(List.of("--database", database.through(ofDatabase).toString()));
      whole.addAll(List.of("--bus", bus.through(ofBus).toString()));
      launch = new Launch(whole, data, settings(setup.folder));
    }

    private static FaultyLink link(URI address) {
      if (address.getHost() == null) {
        throw new IllegalArgumentException(
            "The address must name one server: " + address.getScheme() + "://host:port/…");
      }
      var usual = address.getScheme().startsWith("redis") ? BUS_PORT : DATABASE_PORT;
      return new FaultyLink(address.getHost(), address.getPort() < 0 ? usual : address.getPort());
    }

    private static Map<String, String> settings(Path folder) {
      return Map.of(
          "HEADWAY_AUTH_KEY_FILE",
          folder.resolve("signing.key").toString(),
          "HEADWAY_SERVER_DRAIN_SECONDS",
          "2",
          "HEADWAY_JOBS_LEASE_SECONDS",
          "5",
          "HEADWAY_LIMITS_CONNECTIONS_PER_USER",
          "5000",
          "HEADWAY_LIMITS_CONNECTIONS_PER_RESOURCE",
          "1000",
          "HEADWAY_LOG_LEVEL",
          "warn");
    }

    synchronized void start() {
      startable.lock();
      try {
        process = ServerProcess.start(launch, ServerProcess.listening(port));
      } finally {
        startable.unlock();
      }
    }

    synchronized void kill() {
      running().close();
      start();
    }

    synchronized void terminate() {
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

    void silence() throws InterruptedException {
      database.silent(true);
      bus.silent(true);
      TimeUnit.SECONDS.sleep(SILENT_SECONDS);
      database.silent(false);
      bus.silent(false);
    }

    private void signal(String name) throws InterruptedException {
      run("kill", "-" + name, Long.toString(running().pid()));
    }

    synchronized void close() {
      if (process != null) {
        process.close();
      }
      database.close();
      bus.close();
    }

    private ServerProcess running() {
      return Objects.requireNonNull(process, "Not started yet");
    }
  }
}
