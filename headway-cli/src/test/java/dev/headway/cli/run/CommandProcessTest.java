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
  private static final Duration SILENCE = Duration.ofMillis(50);
  private static final int SIGPIPE = 128 + 13;

  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

  private static CommandProcess shell(String script, OutputStream out) throws IOException {
    var nowhere = new Outlet(OutputStream.nullOutputStream(), segment -> {});
    return CommandProcess.start(
        List.of("sh", "-c", script), new Outlet(out, segment -> {}), nowhere, SILENCE);
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
    var process = shell("seq 1 10000", slow);
    var end = new FutureTask<>(process::await);
    Thread.ofVirtual().start(end);
    assertThatThrownBy(() -> end.get(10 * SILENCE.toMillis(), TimeUnit.MILLISECONDS))
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
    var process = shell("sleep 30 & echo begun", passed);
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
    var nowhere = new Outlet(OutputStream.nullOutputStream(), segment -> {});
    var broken =
        new Outlet(
            passed,
            segment -> {
              throw new IllegalStateException("a fault in reading " + segment.text());
            });
    var process = CommandProcess.start(List.of("seq", "1", "1000"), broken, nowhere, SILENCE);
    assertThat(process.await()).isZero();
    assertThat(passed.toString(StandardCharsets.UTF_8).lines().count()).isEqualTo(1_000);
  }
}
