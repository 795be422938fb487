package dev.headway.app;

import dev.headway.fpl.backtest.Backtest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headway fpl}: tools of the Fantasy Premier League analyses. */
@Command(
    name = "fpl",
    mixinStandardHelpOptions = true,
    description = "Tools of the Fantasy Premier League analyses.",
    subcommands = FplCommand.BacktestCommand.class)
final class FplCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? For example: backtest");
  }

  /** {@code headway fpl backtest}: the model against a season that was played. */
  @Command(
      name = "backtest",
      mixinStandardHelpOptions = true,
      description = {
        "Replays a season and prints how good the projected points were, as Markdown.",
        "The folder has gws/gw1.csv and so on, fixtures.csv, players_raw.csv and teams.csv, as the public archives do."
      })
  static final class BacktestCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", description = "The season.")
    private Path folder = Path.of(".");

    @Option(
        names = "--from",
        paramLabel = "GAMEWEEK",
        defaultValue = "6",
        description = "First gameweek to project, from 4 (default: 6).")
    private int from;

    @Option(
        names = "--to",
        paramLabel = "GAMEWEEK",
        defaultValue = "38",
        description = "Last gameweek to project (default: the last that was played).")
    private int to;

    @Override
    public void run() {
      if (from < 4 || to < from || to > 38) {
        throw new ParameterException(
            spec.commandLine(),
            "--from (%d) and --to (%d) must be gameweeks in order, from 4 to 38"
                .formatted(from, to));
      }
      var out = spec.commandLine().getOut();
      out.print(Backtest.run(folder, from, to).markdown());
      out.flush();
    }
  }
}
