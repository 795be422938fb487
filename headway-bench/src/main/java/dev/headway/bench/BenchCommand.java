package dev.headway.bench;

import dev.headway.bench.contender.Contender;
import dev.headway.bench.contender.HeadwayContender;
import dev.headway.bench.contender.Peer;
import dev.headway.bench.contender.PeerPackages;
import dev.headway.bench.contender.Peers;
import dev.headway.bench.contender.Pinning;
import dev.headway.bench.contender.WatchedContract;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.output.Charts;
import dev.headway.bench.output.JsonFile;
import dev.headway.bench.output.Machine;
import dev.headway.bench.output.MarkdownTable;
import dev.headway.bench.output.RecordedRun;
import dev.headway.bench.output.Summary;
import dev.headway.bench.workload.Options;
import dev.headway.bench.workload.Options.ClusterOptions;
import dev.headway.bench.workload.Workload;
import dev.headway.bench.workload.Workloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headway bench}: measures this program on this machine. */
@Command(
    name = "headway bench",
    mixinStandardHelpOptions = true,
    description = "Load-tests a temporary server and reports the results.")
final class BenchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "WORKLOAD", description = "What to measure (default: everything).")
  private List<String> names = List.of();

  @Option(names = "--list", description = "Lists the workloads.")
  private boolean list;

  @Option(
      names = "--watchers",
      paramLabel = "N",
      split = ",",
      description = "How many watchers; several numbers separated by commas.")
  private List<Integer> watchers = List.of();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      split = ",",
      description = "How many messages are on their way at once.")
  private List<Integer> inFlight = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "5",
      description = "How long each case is counted (default: ${DEFAULT-VALUE}).")
  private double seconds = 5;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "0",
      description = "The same in minutes, in place of --seconds, for soak.")
  private double minutes;

  @Option(
      names = "--warm-seconds",
      paramLabel = "S",
      defaultValue = "2",
      description =
          "How long each case runs before it is counted (default: ${DEFAULT-VALUE}); a quarter of"
              + " that from the second round on.")
  private double warmSeconds = 2;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often; medians and ranges are shown (default: ${DEFAULT-VALUE}).")
  private int rounds = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes every figure there.")
  private @Nullable Path json;

  @Option(
      names = "--charts",
      paramLabel = "DIR",
      description = "Draws the curves of the workload curves there, as SVG.")
  private @Nullable Path charts;

  @Option(
      names = "--curve",
      paramLabel = "NAME",
      split = ",",
      description = "Which of the curves: watchers, topics, memory, history, jobs (default: all).")
  private List<String> curves = List.of();

  @Option(
      names = "--pin",
      description = "Each server runs on processor 0 alone, and this command on the others.")
  private boolean pin;

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      defaultValue = "NATIVE",
      description = "How Headway's jobs are watched: ${COMPLETION-CANDIDATES} (default: NATIVE).")
  private WatchedContract dialect = WatchedContract.NATIVE;

  @Option(
      names = "--peers",
      paramLabel = "NAME",
      split = ",",
      arity = "0..1",
      fallbackValue = "all",
      description = "Measures other servers as well, in turn with Headway: all, or those named.")
  private List<String> peers = List.of();

  @Option(
      names = "--install-peers",
      description = "Installs what the peers need that is missing: Debian's packages and npm's.")
  private boolean installPeers;

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "A further option of the server's Java virtual machine; may be repeated.")
  private List<String> javaOptions = List.of();

  @Option(
      names = "--setting",
      paramLabel = "NAME=VALUE",
      description = "A further setting of the server, such as server.threads=1; may be repeated.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "postgresql://user:password@host/name for the workload nodes, best an empty one: its jobs"
              + " stay there.")
  private @Nullable String database;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      split = ",",
      description = "How many servers the workload nodes starts (default: 1,2,3).")
  private List<Integer> nodes = List.of();

  @Option(
      names = "--buses",
      paramLabel = "NAME",
      split = ",",
      description =
          "Its buses: none, postgresql, redis (default: all; redis where it is installed).")
  private List<String> buses = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final String classPath;

  /**
   * @param classPath of the servers under test
   */
  BenchCommand(String classPath) {
    this.classPath = classPath;
  }

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    if (list) {
      Workloads.ALL.forEach(each -> out.printf("%-10s %s%n", each.name(), each.description()));
      out.flush();
      return 0;
    }
    try {
      if (installPeers) {
        PeerPackages.install(wanted(Peers.all(OptionalInt.empty())));
      }
      if (pin) {
        Pinning.leaveProcessor(0);
      }
      return measure(workloads());
    } catch (LoadException refused) {
      spec.commandLine().getErr().println("headway: " + refused.getMessage());
      return 1;
    }
  }

  private List<Workload> workloads() {
    var known = Workloads.ALL.stream().collect(Collectors.toMap(Workload::name, each -> each));
    for (var name : names) {
      if (!known.containsKey(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "The workload (%s) is unknown; known: %s"
                .formatted(
                    name,
                    Workloads.ALL.stream().map(Workload::name).collect(Collectors.joining(", "))));
      }
    }
    var wanted = names.isEmpty() ? Workloads.ALL : names.stream().map(known::get).toList();
    if (database == null && !names.isEmpty() && wanted.stream().anyMatch(Workload::onPostgres)) {
      throw new ParameterException(
          spec.commandLine(), "Name a database for nodes: --database postgresql://…");
    }
    return wanted.stream().filter(each -> database != null || !each.onPostgres()).toList();
  }

  private int measure(List<Workload> workloads) {
    var out = spec.commandLine().getOut();
    out.println(Machine.here().text());
    var progress = new ProgressLine(spec.commandLine().getErr(), terminal());
    var all = new ArrayList<RecordedRun>();
    var folder = temporary();
    try (var turns = new Rounds(contenders(progress), folder, options(), progress)) {
      for (var workload : workloads) {
        var runs = turns.run(workload, rounds);
        all.addAll(runs);
        progress.clear();
        out.println("\n" + workload.name() + ": " + workload.description());
        for (var summary : Summary.of(runs)) {
          out.println();
          MarkdownTable.lines(summary).forEach(out::println);
        }
        out.flush();
        write(all);
      }
      turns.failures().forEach(failure -> out.println("\nFailed: " + failure));
      return turns.failures().isEmpty() ? 0 : 1;
    } catch (IOException failed) {
      throw new LoadException("The file cannot be written: " + failed.getMessage(), failed);
    } finally {
      delete(folder);
    }
  }

  /* After every workload, for a run that is broken off. */
  private void write(List<RecordedRun> all) throws IOException {
    if (json != null) {
      JsonFile.write(json, now(), all);
    }
    if (charts != null) {
      Charts.write(charts, all);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // from JDK 25 on it may be null again (JDK-8351435)
  private static boolean terminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  private static String now() {
    return Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private List<Contender> contenders(ProgressLine progress) {
    var processor = pin ? OptionalInt.of(0) : OptionalInt.empty();
    var contenders = new ArrayList<Contender>();
    contenders.add(new HeadwayContender(classPath, javaOptions, settings, dialect, processor));
    for (var peer : wanted(Peers.all(processor))) {
      peer.missing()
          .ifPresentOrElse(
              what ->
                  progress.note(
                      "Left out: %s (not installed: %s; --install-peers installs it)"
                          .formatted(peer.name(), what)),
              () -> contenders.add(peer));
    }
    return contenders;
  }

  private List<Peer> wanted(List<Peer> known) {
    if (peers.contains("all")) {
      return known;
    }
    var names = known.stream().map(Peer::name).toList();
    for (var name : peers) {
      if (!names.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "The peer (%s) is unknown; known: %s".formatted(name, String.join(", ", names)));
      }
    }
    return known.stream().filter(peer -> peers.contains(peer.name())).toList();
  }

  private Options options() {
    return new Options(
        watchers,
        inFlight,
        millis(minutes > 0 ? 60 * minutes : seconds),
        millis(warmSeconds),
        curves,
        new ClusterOptions(database, nodes, buses));
  }

  private static Duration millis(double amount) {
    return Duration.ofMillis(Math.round(amount * 1_000));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("headway-bench");
    } catch (IOException failed) {
      throw new LoadException("There is no folder for temporary files", failed);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException _) {
      // a folder for temporary files is emptied by the system
    }
  }
}
