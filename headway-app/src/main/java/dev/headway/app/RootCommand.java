package dev.headway.app;

import dev.headway.cli.CliCommands;
import dev.headway.server.Version;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code headway} and all below it, as picocli reads them. */
@Command(
    name = "headway",
    versionProvider = RootCommand.OfBuild.class,
    mixinStandardHelpOptions = true,
    description =
        "Headway gives every long-running job a live progress bar, and keeps its result even when a"
            + " browser, a worker or the server goes away.",
    footer =
        "%nheadway bench, a program in a jar of its own, load-tests a temporary server and reports the"
            + " results; headway torture proves the promises of several servers on one database.")
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Made by {@link #commandLine}; picocli sets the rest. */
  RootCommand() {
    spec = CommandSpec.create();
  }

  /**
   * The command line for these arguments. To read every command's annotations takes a fifth of a
   * start, so where one command is asked for, the others are left out.
   */
  static CommandLine commandLine(String... arguments) {
    var all = byName();
    var asked = arguments.length == 0 ? null : all.get(arguments[0]);
    var commands = new CommandLine(new RootCommand());
    if (asked != null) {
      commands.addSubcommand(asked.get());
    } else {
      all.values().forEach(command -> commands.addSubcommand(command.get()));
    }
    return commands.setExecutionExceptionHandler(
        (failure, command, _) -> StartupFailures.tell(failure, command.getErr()));
  }

  private static SequencedMap<String, Supplier<Object>> byName() {
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("serve", ServeCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("user", UserCommand::new);
    commands.put("key", KeyCommand::new);
    commands.put("audit", AuditCommand::new);
    commands.put("backup", BackupCommand::new);
    commands.put("restore", RestoreCommand::new);
    commands.put("settings", SettingsCommand::new);
    commands.put("fpl", FplCommand::new);
    commands.putAll(CliCommands.byName());
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** The output of {@code headway --version}. */
  static final class OfBuild implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"headway " + Version.CURRENT};
    }
  }
}
