package dev.headway.cli.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutputCopyTest {
  private static final int SIZE = 6;

  private final List<String> read = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  private OutputCopy copy(Consumer<Segment> segments) {
    return new OutputCopy(new OutputSplitter(segments), nanos::get);
  }

  private static byte[] line(int number) {
    return "%05d\n".formatted(number).getBytes(US_ASCII);
  }

  @Test
  void take_asFastAsItIsRead_isWhole() throws Exception {
    var copy = copy(segment -> read.add(segment.text()));
    for (var number = 0; number < OutputCopy.MOST; number++) {
      copy.take(line(number), SIZE);
    }
    copy.end();
    assertThat(read).hasSize(OutputCopy.MOST).startsWith("00000").endsWith("00063");
  }

  @Test
  void take_fasterThanItIsRead_leavesOutTheOldestAndSaysSo() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var copy =
        copy(segment -> {
          read.add(segment.text());
          begun.countDown();
          awaitQuietly(go);
        });
    copy.take(line(0), SIZE);
    begun.await();
    for (var number = 1; number <= 100; number++) {
      copy.take(line(number), SIZE);
    }
    go.countDown();
    copy.end();

    var last = IntStream.rangeClosed(38, 100).mapToObj("%05d"::formatted).toList();
    assertThat(read.subList(0, 2))
        .containsExactly("00000", "[222 bytes of output came too fast for this log]");
    assertThat(read.subList(2, read.size())).isEqualTo(last);
  }

  @Test
  void take_moreThanIsReadInATick_leavesOutTheOldestUntilTheEnd() throws Exception {
    var begun = new CountDownLatch(1);
    var pauses = new CountDownLatch(1);
    var copy =
        new OutputCopy(
            new OutputSplitter(segment -> take(segment, begun, new CountDownLatch(1))),
            () -> {
              if (begun.getCount() == 0) { // the reader looks at the clock: it has done its piece
                pauses.countDown();
              }
              return nanos.get();
            });
    copy.take(flood(), OutputCopy.MOST_READ);
    pauses.await();
    for (var number = 1; number <= 100; number++) {
      copy.take(line(number), SIZE);
    }
    copy.end();

    var last = IntStream.rangeClosed(37, 100).mapToObj("%05d"::formatted).toList();
    assertThat(read.getFirst()).isEqualTo("[216 bytes of output came too fast for this log]");
    assertThat(read.subList(1, read.size())).isEqualTo(last);
  }

  @Test
  void take_moreThanIsReadInATick_isReadInTheNext() throws Exception {
    var begun = new CountDownLatch(1);
    var line = new CountDownLatch(1);
    var copy = copy(segment -> take(segment, begun, line));
    copy.take(flood(), OutputCopy.MOST_READ);
    begun.await();
    copy.take(line(1), SIZE);
    nanos.set(TimeUnit.MILLISECONDS.toNanos(100));

    line.await();
    copy.end();
    assertThat(read).containsExactly("00001");
  }

  /* As much as is read in a tick, in a line without end. */
  private static byte[] flood() {
    var bytes = new byte[OutputCopy.MOST_READ];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private void take(Segment segment, CountDownLatch flood, CountDownLatch line) {
    if (segment.text().startsWith("x")) {
      flood.countDown();
    } else {
      read.add(segment.text());
      line.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void take_faultOfTheReader_doesNotEndTheCopy() throws Exception {
    var copy =
        copy(segment -> {
          if (segment.text().equals("00000")) {
            throw new IllegalStateException("a fault");
          }
          read.add(segment.text());
        });
    copy.take(line(0), SIZE);
    copy.take(line(1), SIZE);
    copy.end();
    assertThat(read).containsExactly("00001");
  }
}
