package dev.headway.solver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts solver processes.
 *
 * @param classPath where the tasks and the solvers are
 * @param options for the child JVM
 */
public record ChildLauncher(String classPath, List<String> options) {
  private static final List<String> OPTIONS =
      List.of("-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  public ChildLauncher {
    options = List.copyOf(options);
  }

  /** Children with this process's own class path, and at most 1 GiB of heap each. */
  public static ChildLauncher sameClassPath() {
    return new ChildLauncher(System.getProperty("java.class.path"), OPTIONS);
  }

  /** The same with another class path. */
  public ChildLauncher withClassPath(String other) {
    return new ChildLauncher(other, options);
  }

  Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(classPath);
    command.add(ChildMain.class.getName());
    return new ProcessBuilder(command).start();
  }
}
