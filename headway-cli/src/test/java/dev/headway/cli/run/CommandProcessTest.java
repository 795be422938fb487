package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.cli.run.CommandProcess.Outlet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The output of a command, which is passed on whole, whatever reads it. */
final class CommandProcessTest {
  /** After which a silent grandchild is left, where one is. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  /** Longer than any machine keeps the thread that reads waiting, where nobody is to be left. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int SIGPIPE = 128 + 13;

  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

  private static CommandProcess shell(String script, OutputStream out) throws IOException {
    return shell(script, out, PATIENCE);
  }

  private static CommandProcess shell(String script, OutputStream out, Duration silence)
      throws IOException {
    var nowhere = new Outlet(OutputStream.nullOutputStream(), segment -> {}, null);
    return CommandProcess.start(
        List.of("sh", "-c", script), new Outlet(out, segment -> {}, null), nowhere, silence);
  }

  @Test
  void await_slowReader_losesNothing() throws Exception {
    var reads = new CountDownLatch(1);
    var slow =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            try {
              reads.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            passed.write(bytes, from, length);
          }
        };
    var process = shell("seq 1 10000", slow, SILENCE);
    var end = new FutureTask<>(process::await);
    Thread.ofVirtual().start(end);
    assertThatThrownBy(() -> end.get(3 * SILENCE.toMillis(), TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    reads.countDown();
    assertThat(end.get()).isZero();
    assertThat(passed.toString(StandardCharsets.UTF_8).lines().count()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "━", "1%", "\\033[A"})
  void await_lineOfAnyLength_isPassedOnWhole(String unit) throws Exception {
    var script = "printf '%s' \"$(yes \"$(printf '" + unit + "')\" | head -30103 | tr -d '\\n')\"";
    assertThat(shell(script, passed).await()).isZero();
    assertThat(passed.size()).isGreaterThanOrEqualTo(30_103);
  }

  @Test
  void await_grandchildThatKeepsTheOutputOpen_isLeft() throws Exception {
    var process = shell("sleep 30 & echo begun", passed, SILENCE);
    assertThat(process.await()).isZero();
    assertThat(passed.toString(StandardCharsets.UTF_8)).isEqualTo("begun\n");
  }

  @Test
  void await_readerHasLeft_endsTheCommandBySigpipe() throws Exception {
    var closed =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThat(shell("exec yes", new PrintStream(closed, true, StandardCharsets.UTF_8)).await())
        .isEqualTo(SIGPIPE);
  }

  @Test
  void await_copyFails_passesOnAllTheSame() throws Exception {
    var nowhere = new Outlet(OutputStream.nullOutputStream(), segment -> {}, null);
    var broken =
        new Outlet(
            passed,
            segment -> {
              throw new IllegalStateException("a fault in reading " + segment.text());
            },
            null);
    var process = CommandProcess.start(List.of("seq", "1", "1000"), broken, nowhere, PATIENCE);
    assertThat(process.await()).isZero();
    assertThat(passed.toString(StandardCharsets.UTF_8).lines().count()).isEqualTo(1_000);
  }

  private CommandProcess inTerminal(String script) throws IOException {
    return inTerminal(script, PATIENCE);
  }

  private CommandProcess inTerminal(String script, Duration silence) throws IOException {
    var terminal = PseudoTerminal.open(1);
    var nowhere = new Outlet(OutputStream.nullOutputStream(), segment -> {}, null);
    var out = new Outlet(passed, segment -> {}, terminal);
    return CommandProcess.start(List.of("sh", "-c", script), out, nowhere, silence);
  }

  @Test
  void await_inATerminal_isToldSoAndNoByteIsAdded() throws Exception {
    var process = inTerminal("test -t 1 && ! test -t 2 && printf 'a\\nb\\r\\tc\\004\\n'");
    assertThat(process.await()).isZero();
    assertThat(passed.toString(StandardCharsets.UTF_8)).isEqualTo("a\nb\r\tc\004\n");
  }

  @Test
  void await_muchOutputInATerminal_losesNothing() throws Exception {
    assertThat(inTerminal("seq 1 200000").await()).isZero();
    assertThat(passed.toString(StandardCharsets.UTF_8).lines().count()).isEqualTo(200_000);
  }

  @Test
  void await_commandThatEndsAtOnceInATerminal_isPassedOnWhole() throws Exception {
    for (var times = 1; times <= 50; times++) {
      assertThat(inTerminal("printf 0123456789").await()).isZero();
      assertThat(passed.size()).isEqualTo(10 * times);
    }
  }

  @Test
  void await_grandchildThatKeepsTheTerminalOpen_isLeft() throws Exception {
    assertThat(inTerminal("sleep 30 & echo begun", SILENCE).await()).isZero();
    assertThat(passed.toString(StandardCharsets.UTF_8)).isEqualTo("begun\n");
  }
}
