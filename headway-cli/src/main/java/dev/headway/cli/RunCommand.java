package dev.headway.cli;

import dev.headway.cli.run.Notes;
import dev.headway.cli.run.RunRequest;
import dev.headway.cli.run.RunSession;
import dev.headway.cli.run.Terminals;
import dev.headway.client.HeadwayClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs any command as a job. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a command as a job: its output is the job's log, its exit code the job's outcome.",
      "Percentages in the output move the bar. So do lines such as",
      "  ::progress 40 Loading",
      "  ::step 2/5 Packing",
      "  ::steps read, hash:6, write:3   and then   ::step hash"
    })
final class RunCommand extends ServerCommand {
  private static final int NOT_FOUND = 127;

  @Option(names = "--name", description = "Name of the job (default: the command's own).")
  private @Nullable String name;

  @Option(
      names = "--weight",
      split = ",",
      paramLabel = "N",
      description = "Shares of the bar that the steps take, in order, such as 3,1.")
  private List<Double> weights = List.of();

  @Option(
      names = "--grace",
      defaultValue = "10s",
      paramLabel = "DURATION",
      converter = DurationArgument.class,
      description =
          "Time a cancelled command has to stop before it is killed (default: ${DEFAULT-VALUE}).")
  private Duration grace = Duration.ofSeconds(10);

  @Option(
      names = "--deliver-within",
      defaultValue = "1m",
      paramLabel = "DURATION",
      converter = DurationArgument.class,
      description =
          "Time to wait, after the command's end, for a server that does not answer (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration deliverWithin = Duration.ofMinutes(1);

  @Option(names = "--quiet", description = "Print nothing but the command's own output.")
  private boolean quiet;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its arguments, after --.")
  private List<String> command = List.of();

  RunCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(HeadwayClient client) throws InterruptedException {
    var request =
        new RunRequest(
            name == null ? String.valueOf(Path.of(command.getFirst()).getFileName()) : name,
            command,
            weights,
            grace,
            deliverWithin,
            environment().interactive());
    var run = "run-" + UUID.randomUUID();
    var session = new RunSession(client, request, run, environment().clock(), notes());
    for (var signal : List.of("INT", "TERM", "HUP")) {
      Signals.register(signal, session::interrupt);
    }
    var terminals = Terminals.ofProcess();
    Signals.register("WINCH", terminals::followSize);
    try {
      return session.run(environment().out(), environment().err(), terminals);
    } catch (IOException e) {
      complain(e.getMessage());
      return NOT_FOUND;
    }
  }

  /** Notes for a person only: a script that compares the command's errors must find no others. */
  private Notes notes() {
    return new Notes() {
      @Override
      public void note(String text) {
        if (!quiet && environment().interactive()) {
          complain(text);
        }
      }

      @Override
      public void warning(String text) {
        if (!quiet) {
          complain(text);
        }
      }
    };
  }
}
