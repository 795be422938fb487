package dev.headway.cli;

import dev.headway.cli.bars.Bars;
import dev.headway.cli.bars.TerminalBars;
import dev.headway.client.time.ThreadScheduler;
import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The process that commands run in: its streams, variables, home directory and clock. Tests pass
 * their own.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param variables environment variables
 * @param home the user's home directory
 * @param clock tells the time
 * @param bars opens bars on the terminal, redrawn by a scheduler
 */
public record CliEnvironment(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> variables,
    Path home,
    InstantSource clock,
    Function<ThreadScheduler, Bars> bars) {

  /** This process. */
  public static CliEnvironment ofProcess() {
    var clock = InstantSource.system();
    return new CliEnvironment(
        System.in,
        System.out,
        System.err,
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        clock,
        scheduler -> TerminalBars.open(System.out, System.getenv(), clock, scheduler));
  }

  /** The file of the tokens. */
  Credentials credentials() {
    var configured = variables.getOrDefault("XDG_CONFIG_HOME", "");
    var folder = configured.isEmpty() ? home.resolve(".config") : Path.of(configured);
    return new Credentials(folder.resolve("headway").resolve("credentials"));
  }

  /** The terminal, when a person is at it. */
  Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  /** Whether standard input and output are a terminal. */
  boolean interactive() {
    return console().isPresent();
  }
}
