package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.client.job.Step;
import dev.headway.client.work.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that go through a pipe, and reports on them. */
final class LinePipeTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Said said = new Said();

  /** Progress that remembers what it was told. */
  private static final class Said implements Progress {
    private final List<String> messages = new ArrayList<>();
    private long done;

    @Override
    public void total(long total) {}

    @Override
    public void advance(long count) {
      done += count;
    }

    @Override
    public void declare(Step... steps) {}

    @Override
    public void step(String name) {}

    @Override
    public void message(String text) {
      messages.add(text);
    }

    @Override
    public void log(String line) {}

    @Override
    public boolean cancelRequested() {
      return false;
    }
  }

  private long through(byte[] bytes) throws IOException {
    var pipe = new LinePipe(new ByteArrayInputStream(bytes), new PrintStream(out), false);
    return pipe.through(said);
  }

  @Test
  void bytes_ofAnyKind_passUnchanged() throws IOException {
    var bytes = new byte[100_000];
    for (var at = 0; at < bytes.length; at++) {
      bytes[at] = (byte) (at * 31);
    }
    var lines = through(bytes);
    assertThat(out.toByteArray()).isEqualTo(bytes);
    assertThat(lines).isEqualTo(said.done).isGreaterThan(300);
  }

  @Test
  void lines_withoutAFeedAtTheEnd_countTheLastOne() throws IOException {
    assertThat(through("a\nb".getBytes(StandardCharsets.UTF_8))).isEqualTo(2);
    assertThat(said.messages).containsExactly("a");
  }

  @Test
  void lines_inOneBlock_showTheNewest() throws IOException {
    assertThat(through("first\nsecond\r\n".getBytes(StandardCharsets.UTF_8))).isEqualTo(2);
    assertThat(said.messages).containsExactly("second");
  }

  @Test
  void empty_input_hasNoLines() throws IOException {
    assertThat(through(new byte[0])).isZero();
    assertThat(said.done).isZero();
  }

  @Test
  void output_thatNobodyReads_endsThePipe() {
    var closed =
        new OutputStream() {
          @Override
          public void write(int single) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var pipe =
        new LinePipe(new ByteArrayInputStream(new byte[] {'\n'}), new PrintStream(closed), false);
    assertThatThrownBy(() -> pipe.through(said)).hasMessageContaining("has ended");
  }
}
