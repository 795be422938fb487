package dev.headway.bench;

import picocli.CommandLine;

/**
 * The program behind {@code headway bench}, with a class path of its own: a server's, and then its
 * own jar.
 */
public final class Bench {
  /** The property that names the class path of the servers under test. */
  private static final String SERVER = "headway.class-path";

  private Bench() {}

  /** Measures and ends the process: 0 when it went well, 1 when not, 2 for wrong usage. */
  public static void main(String... arguments) {
    var classPath = System.getProperty(SERVER, System.getProperty("java.class.path"));
    System.exit(commandLine(classPath).execute(arguments));
  }

  /**
   * The command line.
   *
   * @param classPath of the servers under test
   */
  public static CommandLine commandLine(String classPath) {
    return new CommandLine(new BenchCommand(classPath));
  }
}
