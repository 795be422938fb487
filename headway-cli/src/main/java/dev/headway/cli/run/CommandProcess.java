package dev.headway.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs as a child of this process with its input, and whose output is passed on byte
 * by byte, as it comes, while a copy of it is cut into segments. Thread-safe.
 */
final class CommandProcess {
  private static final Duration LATE_OUTPUT = Duration.ofSeconds(2);
  private static final int BUFFER = 64 * 1024;

  private final Process process;
  private final List<Pump> pumps;
  private final Duration lateOutput;

  private CommandProcess(Process process, List<Pump> pumps, Duration lateOutput) {
    this.process = process;
    this.pumps = pumps;
    this.lateOutput = lateOutput;
  }

  /**
   * Where a command's output goes.
   *
   * @param passed takes every byte
   * @param copy takes it in segments
   * @param terminal what the command writes to; null for a pipe
   */
  record Outlet(OutputStream passed, Consumer<Segment> copy, @Nullable PseudoTerminal terminal) {
    private Redirect redirect() {
      return terminal == null ? Redirect.PIPE : Redirect.to(terminal.path().toFile());
    }

    private InputStream source(InputStream pipe) {
      return terminal == null ? pipe : terminal.output();
    }

    private void handOver() {
      if (terminal != null) {
        terminal.handOver();
      }
    }
  }

  /**
   * Starts a command.
   *
   * @throws IOException when there is no such program, or it may not be run
   */
  static CommandProcess start(List<String> command, Outlet out, Outlet err) throws IOException {
    return start(command, out, err, LATE_OUTPUT);
  }

  /** Starts a command; a silent grandchild is left after {@code lateOutput}. */
  static CommandProcess start(List<String> command, Outlet out, Outlet err, Duration lateOutput)
      throws IOException {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectInput(Redirect.INHERIT)
              .redirectOutput(out.redirect())
              .redirectError(err.redirect())
              .start();
      var pumps =
          List.of(
              new Pump(out.source(process.getInputStream()), out),
              new Pump(err.source(process.getErrorStream()), err));
      return new CommandProcess(process, pumps, lateOutput);
    } finally {
      out.handOver();
      err.handOver();
    }
  }

  /** A thread that passes one stream on. */
  private static final class Pump {
    private final InputStream from;
    private final Outlet to;
    private final OutputCopy copy;
    private final Thread thread;
    private volatile boolean reading;
    private final AtomicLong passed = new AtomicLong();

    Pump(InputStream from, Outlet to) {
      this.from = from;
      this.to = to;
      this.copy = new OutputCopy(new OutputSplitter(to.copy()), System::nanoTime);
      // A virtual thread would hold its carrier while it reads from a pipe.
      this.thread = Thread.ofPlatform().daemon().name("run-output").start(this::run);
    }

    private void run() {
      try (from) {
        pass();
      } catch (IOException e) {
        // The reader of our own output has left; the command hears it when it writes (SIGPIPE).
      } finally {
        endCopy();
      }
    }

    private void endCopy() {
      try {
        copy.end();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    private void pass() throws IOException {
      var buffer = new byte[BUFFER];
      for (var n = read(buffer); n >= 0; n = read(buffer)) {
        write(buffer, n);
        copy.take(buffer, n);
      }
    }

    private int read(byte[] buffer) throws IOException {
      reading = true;
      try {
        return from.read(buffer);
      } finally {
        reading = false;
      }
    }

    private void write(byte[] buffer, int length) throws IOException {
      to.passed().write(buffer, 0, length);
      to.passed().flush();
      if (to.passed() instanceof PrintStream print && print.checkError()) {
        throw new IOException("the output is closed");
      }
      passed.addAndGet(length);
    }

    /**
     * Waits until everything has been passed on, however slow the reader of our own output is. A
     * grandchild that keeps the stream open and says nothing for a while is left.
     */
    void await(Duration silence) throws InterruptedException {
      var before = -1L;
      while (!thread.join(silence) && !(reading && passed.get() == before)) {
        before = passed.get();
      }
    }
  }

  /**
   * Waits for the command's end and for all of its output.
   *
   * @return the exit code; 128 and the signal's number when a signal ended it
   */
  int await() throws InterruptedException {
    var code = process.waitFor();
    for (var pump : pumps) {
      pump.await(lateOutput);
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
