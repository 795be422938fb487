package dev.headway.app;

import dev.headway.bench.BenchCommand;
import dev.headway.cli.CliCommands;
import dev.headway.server.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code headway}. */
@Command(
    name = "headway",
    versionProvider = Headway.OfBuild.class,
    mixinStandardHelpOptions = true,
    description = "Shows people, live, how far along long work is, and never loses the end of it.",
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      UserCommand.class,
      KeyCommand.class,
      SettingsCommand.class,
    })
public final class Headway implements Runnable {
  @Spec private CommandSpec spec;

  /** Made by {@link #main}; picocli sets the rest. */
  Headway() {
    spec = CommandSpec.create();
  }

  /** Runs a command and ends the process: 0 when it went well, 1 when not, 2 for wrong usage. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var commands = new CommandLine(new Headway());
    CliCommands.all().forEach(commands::addSubcommand);
    commands.addSubcommand(new BenchCommand(Headway.class.getName()));
    return commands.setExecutionExceptionHandler(new StartupFailures());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** What {@code headway --version} prints. */
  static final class OfBuild implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"headway " + Version.CURRENT};
    }
  }
}
