package dev.headway.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** The commands of this module, for a command line that has others, too. */
public final class CliCommands {
  private CliCommands() {}

  /**
   * The commands for this process by their names, to be added as subcommands (picocli). Each is
   * made when it is asked for.
   */
  public static SequencedMap<String, Supplier<Object>> byName() {
    return byName(CliEnvironment.ofProcess());
  }

  /** The commands for another environment. */
  public static List<Object> all(CliEnvironment environment) {
    return byName(environment).values().stream().map(Supplier::get).toList();
  }

  private static SequencedMap<String, Supplier<Object>> byName(CliEnvironment environment) {
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("login", () -> new LoginCommand(environment));
    commands.put("submit", () -> new SubmitCommand(environment));
    commands.put("jobs", () -> new JobsCommand(environment));
    commands.put("watch", () -> new WatchCommand(environment));
    commands.put("cancel", () -> new CancelCommand(environment));
    commands.put("retry", () -> new RetryCommand(environment));
    commands.put("logs", () -> new LogsCommand(environment));
    commands.put("link", () -> new LinkCommand(environment));
    commands.put("run", () -> new RunCommand(environment));
    commands.put("queues", () -> new QueuesCommand(environment));
    commands.put("track", () -> new TrackCommand(environment));
    return commands;
  }
}
