package dev.headway.bench.contender;

import dev.headway.bench.load.LoadException;
import java.io.IOException;
import java.util.List;

/** The processors that this program runs on (taskset(1)). */
public final class Pinning {
  private Pinning() {}

  /**
   * Leaves one processor to the server under test.
   *
   * @throws LoadException when there is no other, or the program taskset is missing
   */
  public static void leaveProcessor(int processor) {
    var processors = Runtime.getRuntime().availableProcessors();
    if (processors < 2) {
      throw new LoadException("--pin needs at least two processors");
    }
    var others = (processor + 1) + "-" + (processors - 1);
    var self = Long.toString(ProcessHandle.current().pid());
    try {
      var command = List.of("taskset", "-a", "-c", "-p", others, self);
      var taskset =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (taskset.waitFor() != 0) {
        throw new LoadException("This failed: " + String.join(" ", command));
      }
    } catch (IOException failed) {
      throw new LoadException("--pin needs the program taskset (package util-linux)", failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }
}
