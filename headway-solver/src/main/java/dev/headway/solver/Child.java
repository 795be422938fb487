package dev.headway.solver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A solver process as its host sees it. Used by one thread at a time, except {@link #kill}. */
final class Child {
  private static final Logger LOG = LoggerFactory.getLogger(Child.class);
  private static final int KEPT_LINES = 20;

  private final Process process;
  private final Writer in;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final Deque<String> lastWords = new ArrayDeque<>();
  private final Thread reader;

  Child(ChildLauncher launcher) throws IOException {
    process = launcher.launch();
    in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    reader = follow("solver-out", process.getInputStream(), this::receive);
    follow("solver-err", process.getErrorStream(), this::overhear);
  }

  /** On a thread of its own: a virtual one would hold its carrier while it reads from a pipe. */
  private static Thread follow(String name, InputStream stream, Consumer<String> lines) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try (var in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            in.lines().forEach(lines);
          } catch (IOException | UncheckedIOException ended) {
            LOG.debug("The {} of a solver process ended", name, ended);
          }
        });
  }

  private void receive(String line) {
    Wire.parse(line).ifPresentOrElse(messages::add, () -> overhear(line));
  }

  private void overhear(String line) {
    LOG.debug("Solver process {}: {}", process.pid(), line);
    synchronized (lastWords) {
      lastWords.addLast(line);
      if (lastWords.size() > KEPT_LINES) {
        lastWords.removeFirst();
      }
    }
  }

  void send(JsonNode message) throws IOException {
    in.write(Wire.line(message));
    in.flush();
  }

  /** The next message, if there is one within the given time. */
  Optional<JsonNode> receive(Duration patience) throws InterruptedException {
    return Optional.ofNullable(messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Whether the process runs or has left something unread. */
  boolean alive() {
    return process.isAlive() || reader.isAlive() || !messages.isEmpty();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** The process and its last words, for the log. */
  String obituary() {
    synchronized (lastWords) {
      var end = process.isAlive() ? "running" : "exit " + process.exitValue();
      return "solver process %d (%s): %s"
          .formatted(process.pid(), end, String.join(System.lineSeparator(), lastWords));
    }
  }
}
