package dev.headway.bench.torture;

import dev.headway.bench.contender.HeadwayContender;
import dev.headway.bench.store.StoredLog;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code headway torture}: proves the promises of several servers on one's own database. Its jobs
 * stay there; an empty database is best.
 */
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    description =
        "Runs several servers on one database, kills and stops them, and compares what every"
            + " watcher was shown with what is stored.")
public final class TortureCommand implements Callable<Integer> {
  private static final String SERVER = "headway.class-path";

  /** For each round that goes on. */
  private static final int WORKERS = 6;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many servers (default: ${DEFAULT-VALUE}).")
  private int count = 3;

  @Option(
      names = "--database",
      paramLabel = "URL",
      required = true,
      description = "postgresql://user:password@host/name, best an empty one: the jobs stay there.")
  private String database = "";

  @Option(names = "--bus", paramLabel = "URL", description = "As of headway serve.")
  private @Nullable String bus;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many rounds at most (default: ${DEFAULT-VALUE}).")
  private int rounds = 10;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many rounds go on side by side, each with jobs and a fault of its own (default:"
              + " ${DEFAULT-VALUE}).")
  private int atOnce = 1;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "3600",
      description = "No round begins after this time (default: ${DEFAULT-VALUE}).")
  private long seconds = 3_600;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the choices that are made by chance (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--restart",
      paramLabel = "COMMAND",
      description =
          "Restarts the database, now and then; without it, all connections to the database are"
              + " cut off for two seconds.")
  private @Nullable String restart;

  @Option(names = "--restart-bus", paramLabel = "COMMAND", description = "The same for the bus.")
  private @Nullable String restartBus;

  private final String classPath;
  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * @param classPath of the servers
   */
  public TortureCommand(String classPath) {
    this.classPath = classPath;
  }

  /** Runs the command and ends the process: 0 when nothing was found, else 1. */
  public static void main(String... arguments) {
    var servers = System.getProperty(SERVER, System.getProperty("java.class.path"));
    System.exit(new CommandLine(new TortureCommand(servers)).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var out = spec.commandLine().getOut();
    var random = new Random(seed);
    var folder = Files.createTempDirectory("headway-torture");
    out.printf("Starting %d servers; their data and logs are in %s%n", count, folder);
    out.flush();
    var setup =
        new Nodes.Setup(command(), new Nodes.Services(database, bus, restart, restartBus), folder);
    try (var nodes = new Nodes(count, setup, random);
        var stored = new StoredLog(database);
        var torture = new Torture(nodes, stored, random, WORKERS * atOnce)) {
      var campaign = new Campaign(torture, rounds, out);
      campaign.run(atOnce, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
      return campaign.verdict() ? 0 : 1;
    } catch (IllegalArgumentException unsuited) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(unsuited.getMessage()), unsuited);
    }
  }

  private List<String> command() {
    var command = HeadwayContender.java();
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1")); // a server lives for seconds
    command.addAll(List.of("-cp", classPath, "dev.headway.app.Headway", "serve"));
    command.addAll(List.of("--applications", "jobs,filling,spc"));
    return command;
  }
}
