package dev.headway.app.backup;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A file that is being written, of which a line is said every two seconds. */
final class GrowingFile implements AutoCloseable {
  private static final long SECONDS = 2;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param expected its size in the end, about, in bytes
   */
  GrowingFile(Path file, long expected, PrintWriter out) {
    var _ =
        clock.scheduleAtFixedRate(
            () -> {
              out.printf(
                  "Copied %d of about %d MB%n", file.toFile().length() >> 20, expected >> 20);
              out.flush();
            },
            SECONDS,
            SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
