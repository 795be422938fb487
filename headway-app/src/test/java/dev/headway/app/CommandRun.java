package dev.headway.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * The output and the exit code of a command that was run in this process.
 *
 * @param exitCode 0 when it went well
 */
record CommandRun(int exitCode, List<String> out, List<String> err) {
  static CommandRun of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        RootCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new CommandRun(
        exitCode, out.toString().lines().toList(), err.toString().lines().toList());
  }
}
