package dev.headway.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.topic.TopicName;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final long LONG = Long.MAX_VALUE / 2;

  private final AtomicLong clock = new AtomicLong(1_000);
  private final Outbox outbox = new Outbox(2, clock::get);

  private static Ring ring(String id, long number) {
    return Ring.of(new TopicName("job", id), number, null);
  }

  @Test
  void take_severalOfATopic_givesTheNewest() throws InterruptedException {
    outbox.open(true);
    outbox.add(ring("a", 1));
    outbox.add(ring("b", 1));
    outbox.add(ring("a", 2));

    assertThat(outbox.take(1_000, LONG)).containsExactly(ring("a", 2), ring("b", 1));
  }

  @Test
  void take_nothingThere_returnsAtTheLatestTime() throws InterruptedException {
    outbox.open(true);

    assertThat(outbox.take(0, 1_000)).isEmpty();
  }

  @Test
  void take_woken_returnsAtOnce() throws InterruptedException {
    outbox.wake();

    assertThat(outbox.take(0, LONG)).isEmpty();
  }

  @Test
  void add_whileClosed_isLeftOut() throws InterruptedException {
    outbox.add(ring("a", 1));
    outbox.open(true);

    assertThat(outbox.take(0, 1_000)).isEmpty();
  }

  @Test
  void add_overTheCapacity_dropsAllAndSaysSoOnce() throws InterruptedException {
    outbox.open(true);
    for (var id : List.of("a", "b", "c")) {
      outbox.add(ring(id, 1));
    }

    assertThat(outbox.take(1_000, LONG)).isEmpty();
    assertThat(outbox.overflowed()).isTrue();
    assertThat(outbox.overflowed()).isFalse();
  }
}
