package dev.headway.solver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The program of a solver process: one task after the other from standard input, messages to
 * standard output. It ends when its input does, so it never outlives its host.
 */
final class ChildMain {
  private static final int OUT_OF_MEMORY = 3;

  private final PrintStream out;
  private volatile Running running = new Running();

  private ChildMain(PrintStream out) {
    this.out = out;
  }

  /** Called by the launcher. */
  public static void main(String[] arguments) throws IOException {
    var protocol = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    var child = new ChildMain(protocol);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      Wire.parse(line).ifPresent(child::receive);
    }
    // A native search in progress would keep an orderly exit waiting.
    Runtime.getRuntime().halt(0);
  }

  private void receive(JsonNode message) {
    if (message.has(Wire.SOLVE)) {
      var next = new Running();
      running = next;
      Thread.ofPlatform().name("solver-task").start(() -> run(message, next));
    } else if (message.has(Wire.STOP)) {
      running.stop();
    }
  }

  private void run(JsonNode message, Running context) {
    try {
      var type = Class.forName(message.get(Wire.SOLVE).asString());
      var task = type.asSubclass(SolverTask.class).getConstructor().newInstance();
      var result = task.solve(message.get(Wire.INPUT), context);
      send(Wire.message().set(Wire.RESULT, result));
    } catch (SolverUnavailableException unavailable) {
      unavailable.printStackTrace();
      send(Wire.message().put(Wire.UNAVAILABLE, unavailable.getMessage()));
    } catch (OutOfMemoryError exhausted) {
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    } catch (Exception | LinkageError | StackOverflowError failed) {
      failed.printStackTrace();
      send(Wire.message().put(Wire.FAILED, failed.toString()));
    }
  }

  private void send(JsonNode message) {
    synchronized (out) {
      out.print(Wire.line(message));
      out.flush();
    }
  }

  /** The task that runs, or the last one. */
  private final class Running implements SolverContext {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean stopped;

    @Override
    public void report(JsonNode event) {
      send(Wire.message().set(Wire.EVENT, event));
    }

    @Override
    public synchronized boolean stopRequested() {
      return stopped;
    }

    @Override
    public void onStop(Runnable action) {
      synchronized (this) {
        if (!stopped) {
          actions.add(action);
          return;
        }
      }
      action.run();
    }

    private void stop() {
      List<Runnable> due;
      synchronized (this) {
        stopped = true;
        due = List.copyOf(actions);
        actions.clear();
      }
      due.forEach(Runnable::run);
    }
  }
}
