package dev.headway.bench.torture;

import dev.headway.bench.store.StoredMilestones;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
          "Restarts the database or the bus, now and then; without it, all connections to the"
              + " database are cut off for two seconds.")
  private @Nullable String restart;

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
    var setup = new Nodes.Setup(command(), database, bus, restart, folder);
    try (var nodes = new Nodes(count, setup, random);
        var stored = new StoredMilestones(database);
        var torture = new Torture(nodes, stored, random)) {
      rounds(torture, out);
      return verdict(torture, out);
    } catch (IllegalArgumentException unsuited) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(unsuited.getMessage()), unsuited);
    }
  }

  private List<String> command() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", classPath, "dev.headway.app.Headway", "serve"));
    command.addAll(List.of("--applications", "jobs"));
    return command;
  }

  private void rounds(Torture torture, PrintWriter out) throws InterruptedException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    var said = 0;
    for (var round = 1; round <= rounds && System.nanoTime() < end; round++) {
      var began = System.nanoTime();
      var strike = torture.round();
      var took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      out.printf(
          "Round %d of %d: %s, %d s, %d views compared, violations: %s%n",
          round, rounds, strike, took, torture.compared(), torture.verdicts().counts());
      var cases = torture.verdicts().cases();
      cases.subList(said, cases.size()).forEach(out::println);
      said = cases.size();
      out.flush();
    }
  }

  private static int verdict(Torture torture, PrintWriter out) {
    var verdicts = torture.verdicts();
    out.println(
        verdicts.clean()
            ? "Nothing was lost, shown twice or shown wrongly in %d views"
                .formatted(torture.compared())
            : "Broken promises: " + verdicts.counts());
    out.flush();
    return verdicts.clean() ? 0 : 1;
  }
}
