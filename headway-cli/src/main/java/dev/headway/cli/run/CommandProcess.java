package dev.headway.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A command that runs as a child of this process with its input, and whose output is passed on byte
 * by byte, as it comes, while a copy of it is cut into segments. Thread-safe.
 */
final class CommandProcess {
  private static final Duration LATE_OUTPUT = Duration.ofSeconds(2);
  private static final int BUFFER = 8 * 1024;

  private final Process process;
  private final List<Thread> pumps;

  private CommandProcess(Process process, List<Thread> pumps) {
    this.process = process;
    this.pumps = pumps;
  }

  /** Where a command's output goes: on to {@code passed}, and in segments to {@code copy}. */
  record Outlet(OutputStream passed, Consumer<Segment> copy) {}

  /**
   * Starts a command.
   *
   * @throws IOException when there is no such program, or it may not be run
   */
  static CommandProcess start(List<String> command, Outlet out, Outlet err) throws IOException {
    var process =
        new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT).start();
    return new CommandProcess(
        process, List.of(pump(process.getInputStream(), out), pump(process.getErrorStream(), err)));
  }

  /** On a thread of its own: a virtual one would hold its carrier while it reads from a pipe. */
  private static Thread pump(InputStream from, Outlet to) {
    return Thread.ofPlatform()
        .daemon()
        .name("run-output")
        .start(() -> {
          try {
            pass(from, to);
          } catch (IOException e) {
            // Our own output is gone, as when a pipe's reader has left: so is the command's.
            closeQuietly(from);
          }
        });
  }

  private static void pass(InputStream from, Outlet to) throws IOException {
    var splitter = new OutputSplitter(to.copy());
    var buffer = new byte[BUFFER];
    for (var n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.passed().write(buffer, 0, n);
      to.passed().flush();
      splitter.take(buffer, n);
    }
    splitter.end();
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for the command's end and for its output. A grandchild that still holds the output open
   * is waited for two seconds.
   *
   * @return the exit code; 128 and the signal's number when a signal ended it
   */
  int await() throws InterruptedException {
    var code = process.waitFor();
    for (var pump : pumps) {
      pump.join(LATE_OUTPUT);
    }
    return code;
  }

  /**
   * Asks the command and everything that it has started to stop (SIGTERM), and ends what is still
   * there after {@code grace} (SIGKILL). Returns when it has ended.
   */
  void stop(Duration grace) throws InterruptedException {
    var tree = tree();
    tree.forEach(ProcessHandle::destroy);
    if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      tree().forEach(ProcessHandle::destroyForcibly);
    }
    tree.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
  }

  /** Whether the command ends by itself within {@code time}. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private List<ProcessHandle> tree() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
  }
}
