package dev.headway.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** {@code headway serve} in a process of its own. */
final class ServeProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String READY = "Headway is ready at ";

  private final Process process;
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> url = new CompletableFuture<>();
  private final List<Thread> readers;

  private ServeProcess(Process process) {
    this.process = process;
    this.readers =
        List.of(
            read(process.getInputStream(), this::heard), read(process.getErrorStream(), err::add));
  }

  /** Starts a server on a free port; {@code environment} is added to this process's own. */
  static ServeProcess start(Path data, Map<String, String> environment) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Headway.class.getName()));
    command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new ServeProcess(builder.start());
  }

  private static Thread read(InputStream stream, Consumer<String> each) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try (var lines =
              new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines().forEach(each);
          } catch (IOException | UncheckedIOException _) {
            // the process is gone
          }
        });
  }

  private void heard(String line) {
    if (line.startsWith(READY)) {
      url.complete(line.substring(READY.length()).split(" ", 2)[0]);
    }
  }

  /** Where the server is, once it is ready. */
  String url() {
    return url.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Kills it as a power failure would. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    exitCode();
  }

  /** Tells it to stop (SIGTERM). */
  void stop() {
    process.toHandle().destroy(); // unlike the process itself, this leaves its streams open
  }

  /** How it ended; waits for the end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The server did not end; it said: " + String.join("\n", err));
    }
    for (var reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  /** Its log so far. */
  String log() {
    return String.join("\n", err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
