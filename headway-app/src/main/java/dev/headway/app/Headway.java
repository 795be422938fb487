package dev.headway.app;

import java.io.PrintWriter;

/** The program. */
public final class Headway {
  private Headway() {}

  /** Runs a command and ends the process: 0 when it went well, 1 when not, 2 for wrong usage. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String... arguments) {
    var plain = PlainFlags.ofServe(arguments);
    return plain.isPresent()
        ? serve(plain.get())
        : RootCommand.commandLine(arguments).execute(arguments);
  }

  private static int serve(PlainFlags flags) {
    try {
      return Serving.untilStopped(
          flags.configuration(), new PrintWriter(System.out, true, System.out.charset()));
    } catch (Exception failure) {
      return StartupFailures.tell(failure, new PrintWriter(System.err, true, System.err.charset()));
    }
  }
}
