package dev.headway.cli.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutputCopyTest {
  private static final int SIZE = 6;

  private final List<String> read = new CopyOnWriteArrayList<>();

  private static byte[] line(int number) {
    return "%05d\n".formatted(number).getBytes(US_ASCII);
  }

  @Test
  void take_asFastAsItIsRead_isWhole() throws Exception {
    var copy = new OutputCopy(new OutputSplitter(segment -> read.add(segment.text())));
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
        new OutputCopy(
            new OutputSplitter(segment -> {
              read.add(segment.text());
              begun.countDown();
              awaitQuietly(go);
            }));
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
        new OutputCopy(
            new OutputSplitter(segment -> {
              if (segment.text().equals("00000")) {
                throw new IllegalStateException("a fault");
              }
              read.add(segment.text());
            }));
    copy.take(line(0), SIZE);
    copy.take(line(1), SIZE);
    copy.end();
    assertThat(read).containsExactly("00001");
  }
}
