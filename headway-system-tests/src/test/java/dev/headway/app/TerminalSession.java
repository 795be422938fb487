package dev.headway.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code headway} in a terminal of its own: a pseudo-terminal made by {@code script} (util-linux).
 * It is the terminal's foreground process, so that keys such as Ctrl-C reach it, and what it has
 * started, as signals.
 */
final class TerminalSession implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONTROL_C = 3;

  private final Process script;
  private final StringBuilder shown = new StringBuilder(); // guarded by itself
  private final Thread reader;

  private TerminalSession(Process script) {
    this.script = script;
    reader = Thread.ofPlatform().daemon().start(() -> read(script.getInputStream()));
  }

  /** Starts {@code headway} with these arguments. */
  static TerminalSession headway(List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    // A build that runs in the background ignores interrupts, and would hand that down.
    command.addAll(List.of("exec", "env", "--default-signal=INT,TERM,HUP"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Headway.class.getName()));
    command.addAll(arguments);
    var line = command.stream().map(TerminalSession::quoted).collect(Collectors.joining(" "));
    return new TerminalSession(
        new ProcessBuilder("script", "--quiet", "--return", "--command", line, "/dev/null")
            .redirectErrorStream(true)
            .start());
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private void read(InputStream output) {
    try {
      var buffer = new byte[8_192];
      for (var n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        synchronized (shown) {
          shown.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException _) {
      // the terminal is gone
    }
  }

  /** Presses Ctrl-C. */
  void interrupt() {
    try {
      script.getOutputStream().write(CONTROL_C);
      script.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the terminal's window: what runs in it hears a hang-up. */
  void hangUp() {
    script.destroyForcibly();
  }

  @Override
  public void close() {
    hangUp();
  }

  /** The text on it so far. */
  String text() {
    synchronized (shown) {
      return shown.toString();
    }
  }

  /** How the program ended; waits for the end and for all that it said. */
  int exitCode() throws InterruptedException {
    if (!script.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The program did not end; the terminal shows: " + text());
    }
    reader.join();
    return script.exitValue();
  }
}
