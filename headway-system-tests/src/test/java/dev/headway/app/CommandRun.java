package dev.headway.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * The output and the exit code of a command that was run in this process.
 *
 * @param exitCode 0 when it went well
 */
record CommandRun(int exitCode, List<String> out, List<String> err) {
  static CommandRun of(String... arguments) {
    return of(RootCommand.commandLine(), arguments);
  }

  static CommandRun of(CommandLine commands, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    return new CommandRun(
        exitCode, out.toString().lines().toList(), err.toString().lines().toList());
  }
}
