package dev.headway.bench.contender;

import dev.headway.bench.contender.ServerProcess.Launch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Headway, as {@code headway serve} with the options of this Java virtual machine.
 *
 * @param classPath of the server
 * @param javaOptions further options of the Java virtual machine
 * @param settings further settings of the server by their dotted names
 * @param dialect in which its topics are watched
 * @param processor the one it runs on; empty for any
 */
public record HeadwayContender(
    String classPath,
    List<String> javaOptions,
    Map<String, String> settings,
    WatchedContract dialect,
    OptionalInt processor)
    implements Contender {
  private static final String MAIN = "dev.headway.app.Headway";
  private static final String READY = "Headway is ready at http://";

  /** What a crowd of watchers from one machine needs. */
  private static final Map<String, String> ROOM =
      Map.of(
          "HEADWAY_LIMITS_CONNECTIONS", "1000000",
          "HEADWAY_LIMITS_CONNECTIONS_PER_USER", "1000000",
          "HEADWAY_LIMITS_CONNECTIONS_PER_RESOURCE", "1000000",
          "HEADWAY_LOG_LEVEL", "warn");

  /** Takes copies. */
  public HeadwayContender {
    javaOptions = List.copyOf(javaOptions);
    settings = Map.copyOf(settings);
  }

  @Override
  public String name() {
    return "headway";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public HeadwayRunning start(Path folder, Map<String, String> more) {
    var environment = new HashMap<>(ROOM);
    settings.forEach((name, value) -> environment.put(variable(name), value));
    more.forEach((name, value) -> environment.put(variable(name), value));
    var launch = new Launch(command(folder), folder, environment);
    var placed = processor.isPresent() ? launch.on(processor.getAsInt()) : launch;
    return new HeadwayRunning(
        () -> ServerProcess.start(placed, HeadwayContender::ready), data(folder), dialect);
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  private static String variable(String setting) {
    return "HEADWAY_" + setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  private List<String> command(Path folder) {
    var command = java();
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", classPath, MAIN));
    command.addAll(List.of("serve", "--port", "0", "--data", data(folder).toString()));
    return command;
  }

  /** The beginning of a server's command: this Java virtual machine with its options. */
  public static List<String> java() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(HeadwayContender::passedOn)
        .forEach(command::add);
    return command;
  }

  private static boolean passedOn(String option) {
    return !option.startsWith("-javaagent")
        && !option.startsWith("-agentlib")
        && !option.startsWith("-XX:AOTCacheOutput");
  }

  private static Optional<InetSocketAddress> ready(Path log) throws IOException {
    for (var line : Files.readAllLines(log)) {
      if (line.startsWith(READY)) {
        var port = line.substring(line.lastIndexOf(':') + 1).split(" ", -1)[0];
        return Optional.of(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
      }
    }
    return Optional.empty();
  }
}
