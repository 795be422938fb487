package dev.headway.cli;

import java.util.List;

/** The commands of this module, for a command line that has others, too. */
public final class CliCommands {
  private CliCommands() {}

  /** The commands for this process, to be added as subcommands (picocli). */
  public static List<Object> all() {
    return all(CliEnvironment.ofProcess());
  }

  /** The commands for another environment. */
  public static List<Object> all(CliEnvironment environment) {
    return List.of(
        new LoginCommand(environment),
        new SubmitCommand(environment),
        new JobsCommand(environment),
        new WatchCommand(environment),
        new CancelCommand(environment),
        new RetryCommand(environment),
        new LogsCommand(environment),
        new RunCommand(environment),
        new TrackCommand(environment));
  }
}
