package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
  private static final UUID JOB = new UUID(1, 1);

  private final Comparisons comparisons = new Comparisons();
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger done = new AtomicInteger();

  private void compare(UUID job, long asked) {
    comparisons.compare(lock, job, asked, done::incrementAndGet);
  }

  @Test
  void compare_askedForByManyBeforeItBegan_isDoneOnce() {
    var first = comparisons.moment();
    var second = comparisons.moment();

    compare(JOB, first);
    compare(JOB, second);

    assertThat(done).hasValue(1);
  }

  @Test
  void compare_askedForAfterItBegan_isDoneAgain() {
    compare(JOB, comparisons.moment());

    compare(JOB, comparisons.moment());

    assertThat(done).hasValue(2);
  }

  @Test
  void compare_ofAnotherJobUnderTheLock_countsForNoOther() {
    var asked = comparisons.moment();

    compare(new UUID(2, 2), asked);
    compare(JOB, asked);

    assertThat(done).hasValue(2);
  }

  @Test
  void compare_thatFails_countsForNobody() {
    var asked = comparisons.moment();
    assertThatThrownBy(() ->
            comparisons.compare(
                lock,
                JOB,
                asked,
                () -> {
                  throw new IllegalStateException("the store is away");
                }))
        .isInstanceOf(IllegalStateException.class);

    compare(JOB, asked);

    assertThat(done).hasValue(1);
  }
}
