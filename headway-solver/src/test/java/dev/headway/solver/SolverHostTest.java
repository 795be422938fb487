package dev.headway.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.testkit.Patience;
import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Timeout(600)
class SolverHostTest {
  private static final JsonNode INPUT = JsonNodeFactory.instance.stringNode("größte ∑\n\u001e");

  private final SolverHost host = host(ChildLauncher.sameClassPath());

  private static SolverHost host(ChildLauncher launcher) {
    return new SolverHost(launcher, 1, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Keeps what was reported and stops, if it shall, as soon as something was. */
  private static final class Listener implements SolverListener {
    final List<String> heard = new ArrayList<>();
    private final boolean stopping;

    Listener(boolean stopping) {
      this.stopping = stopping;
    }

    @Override
    public void reported(JsonNode event) {
      heard.add(event.asString());
    }

    @Override
    public boolean stopRequested() {
      return stopping && !heard.isEmpty();
    }
  }

  private static SolverRequest request(Class<? extends SolverTask> task) {
    return new SolverRequest(task, INPUT, Duration.ofSeconds(30));
  }

  private JsonNode solve(Class<? extends SolverTask> task) {
    return host.solve(request(task), new Listener(false));
  }

  private static void assertFails(ThrowingCallable call, ErrorCode code, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HeadwayException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure).hasMessageContaining(text);
            });
  }

  @Test
  void solve_twoTasks_shareAWarmProcess() {
    var listener = new Listener(false);
    var first = host.solve(request(SampleTasks.Pid.class), listener).asLong();
    assertThat(listener.heard).containsExactly(INPUT.asString());
    assertThat(first).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(solve(SampleTasks.Pid.class).asLong()).isEqualTo(first);
  }

  @Test
  void solve_processDies_failsAloneAndTheNextGetsANewOne() {
    var first = solve(SampleTasks.Pid.class).asLong();
    assertFails(
        () -> solve(SampleTasks.Crash.class),
        ErrorCode.EXECUTION_ERROR,
        "The solver process ended unexpectedly; try again or choose another strategy.");
    assertThat(solve(SampleTasks.Pid.class).asLong()).isNotEqualTo(first);
  }

  @Test
  void solve_memoryRunsOut_failsAloneAndTheNextGetsANewOne() {
    assertFails(
        () -> solve(SampleTasks.Greedy.class), ErrorCode.EXECUTION_ERROR, "ended unexpectedly");
    assertThat(solve(SampleTasks.Pid.class).asLong()).isPositive();
  }

  @Test
  void solve_taskThrows_failsWithoutInternalsAndTheProcessGoesOn() {
    var first = solve(SampleTasks.Pid.class).asLong();
    assertFails(
        () -> solve(SampleTasks.Fail.class),
        ErrorCode.EXECUTION_ERROR,
        "The solver failed; other strategies are not affected.");
    assertThat(solve(SampleTasks.Pid.class).asLong()).isEqualTo(first);
  }

  @Test
  void solve_stopped_returnsTheBestSoFar() {
    var result = host.solve(request(SampleTasks.UntilStopped.class), new Listener(true));
    assertThat(result.asString()).isEqualTo("best so far, stopped: true");
  }

  @Test
  void solve_overTheHardLimit_isKilled() {
    var request = new SolverRequest(SampleTasks.Deaf.class, INPUT, Duration.ofSeconds(1));
    assertFails(
        () -> host.solve(request, new Listener(false)), ErrorCode.TIMEOUT_ERROR, "was killed");
    assertThat(solve(SampleTasks.Pid.class).asLong()).isPositive();
  }

  @Test
  void solve_deafTaskThatNobodyWantsTheResultOf_endsAsCancelled() {
    var leaving =
        new SolverListener() {
          @Override
          public void reported(JsonNode event) {}

          @Override
          public boolean stopRequested() {
            return true;
          }

          @Override
          public boolean resultWanted() {
            return false;
          }
        };
    assertFails(
        () -> host.solve(request(SampleTasks.Deaf.class), leaving),
        ErrorCode.CANCELLED,
        "Cancelled while the solver ran");
    assertThat(solve(SampleTasks.Pid.class).asLong()).isPositive();
  }

  @Test
  void solve_closedMeanwhile_endsAsUnavailable() throws Exception {
    var listener =
        new SolverListener() {
          @Override
          public void reported(JsonNode event) {
            host.close();
          }

          @Override
          public boolean stopRequested() {
            return false;
          }
        };
    assertFails(
        () -> host.solve(request(SampleTasks.UntilStopped.class), listener),
        ErrorCode.UNAVAILABLE,
        "shutting down");
  }

  @Test
  void solve_whileManyProcessesAreKept_virtualThreadsGoOn() throws Exception {
    var count = 2 * Runtime.getRuntime().availableProcessors();
    try (var many = new SolverHost(ChildLauncher.sameClassPath(), count, Clock.systemUTC())) {
      var all = new CyclicBarrier(count);
      try (var threads = Executors.newFixedThreadPool(count)) {
        var heard =
            Collections.nCopies(
                count,
                (Callable<JsonNode>)
                    () -> {
                      all.await();
                      return many.solve(request(SampleTasks.Pid.class), new Listener(false));
                    });
        for (var answer : threads.invokeAll(heard)) {
          assertThat(answer.get().asLong()).isPositive();
        }
      }
      var going = new CountDownLatch(1);
      Thread.ofVirtual().start(going::countDown);
      assertThat(going.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void solve_manyAtOnceOnOnePlace_areServedInTurn() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var pids =
          threads.invokeAll(
              List.of(
                  () -> solve(SampleTasks.Pid.class).asLong(),
                  () -> solve(SampleTasks.Pid.class).asLong(),
                  () -> solve(SampleTasks.Pid.class).asLong()));
      assertThat(pids.stream().map(future -> future.resultNow()).distinct()).hasSize(1);
    }
  }

  @Test
  void solve_orTools_findsTheOptimum() {
    assertThat(solve(SampleTasks.Optimise.class).asLong()).isEqualTo(5);
  }

  @Test
  void solve_withoutNativeLibrary_saysSo() {
    var full =
        Objects.requireNonNullElse(
            System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path"));
    var without =
        Arrays.stream(full.split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("ortools-linux"))
            .collect(Collectors.joining(File.pathSeparator));
    try (var elsewhere = host(ChildLauncher.sameClassPath().withClassPath(without))) {
      assertFails(
          () -> elsewhere.solve(request(SampleTasks.Optimise.class), new Listener(false)),
          ErrorCode.UNAVAILABLE,
          "The exact solver has no native library for ");
      var result = elsewhere.solve(request(SampleTasks.Pid.class), new Listener(false));
      assertThat(result.asLong()).isPositive();
    }
  }

  @Test
  void solve_processCannotStart_failsCleanly() {
    var launcher = new ChildLauncher("nowhere", List.of("-XX:+NoSuchOption"));
    try (var broken = host(launcher)) {
      assertFails(
          () -> broken.solve(request(SampleTasks.Pid.class), new Listener(false)),
          ErrorCode.EXECUTION_ERROR,
          "ended unexpectedly");
    }
  }
}
