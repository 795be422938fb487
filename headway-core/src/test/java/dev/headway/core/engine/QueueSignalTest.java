package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.headway.core.fixture.Together;
import dev.headway.core.port.JobStore.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueSignalTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Waiting ANY = waiting("default");
  private static final Waiting OTHER = waiting("other");

  private final QueueSignal signal = new QueueSignal();
  private final BlockingQueue<String> woken = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  private static Waiting waiting(String queue) {
    return new Waiting(queue, Set.of(), true, null);
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (var thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  /** Waits on a thread of its own, once it sleeps. */
  private Thread sleeper(String name, Waiting query) {
    var seen = signal.count();
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                signal.await(query, seen, LONG);
                woken.add(name);
              } catch (InterruptedException _) {
                woken.add(name + " interrupted");
              }
            });
    threads.add(thread);
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void await_raisedSinceItWasRead_returnsAtOnce() {
    var seen = signal.count();
    signal.raise();

    assertTimeoutPreemptively(LIMIT, () -> signal.await(ANY, seen, LONG));
  }

  @Test
  void await_notRaised_returnsWhenPatienceEnds() {
    assertTimeoutPreemptively(LIMIT, () -> signal.await(ANY, signal.count(), Duration.ofMillis(1)));
    assertTimeoutPreemptively(LIMIT, () -> signal.await(ANY, signal.count(), Duration.ZERO));
    assertThat(signal.count()).isZero();
  }

  @Test
  void raise_severalWaitForTheSame_wakesTheFirstAndNextTheNext() throws Exception {
    sleeper("first", ANY);
    sleeper("second", ANY);
    sleeper("third", ANY);

    signal.raise("default");
    assertThat(woken.take()).isEqualTo("first");
    signal.next(ANY);
    assertThat(woken.take()).isEqualTo("second");
    assertThat(woken).isEmpty();
  }

  @Test
  void raise_twice_wakesTwo() throws Exception {
    sleeper("first", ANY);
    sleeper("second", ANY);

    signal.raise();
    signal.raise();

    assertThat(List.of(woken.take(), woken.take())).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void raise_ofAQueue_wakesOneOfEachKindThere() throws Exception {
    sleeper("any", ANY);
    sleeper("typed", new Waiting("default", Set.of("bake"), true, null));
    sleeper("other", OTHER);

    signal.raise("default");

    assertThat(List.of(woken.take(), woken.take())).containsExactlyInAnyOrder("any", "typed");
    signal.raise("other");
    assertThat(woken.take()).isEqualTo("other");
  }

  @Test
  void interrupt_ofOneThatSleeps_leavesTheSignalToTheOthers() throws Exception {
    sleeper("first", ANY).interrupt();
    assertThat(woken.take()).isEqualTo("first interrupted");
    sleeper("second", ANY);

    signal.raise();

    assertThat(woken.take()).isEqualTo("second");
  }

  @Test
  void await_interruptedBefore_throws() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> signal.await(ANY, signal.count(), LONG))
        .isInstanceOf(InterruptedException.class);
  }

  /** Workers that take what there is and hand on: nothing is left behind while all sleep. */
  @Test
  void raise_whileSeveralTakeAndWait_leavesNothingBehind() {
    var work = new AtomicInteger();
    var done = new AtomicInteger();
    try (var together = new Together(4)) {
      Callable<Boolean> takes =
          () -> {
            while (done.get() < 1_000) {
              var seen = signal.count();
              if (work.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                done.incrementAndGet();
                signal.next(ANY);
              } else if (done.get() < 1_000) {
                signal.await(ANY, seen, LONG);
              }
            }
            signal.raise(); // the others need not wait any more
            return true;
          };
      Callable<Boolean> offers =
          () -> {
            for (var at = 0; at < 1_000; at++) {
              work.incrementAndGet();
              signal.raise("default");
            }
            return true;
          };
      assertThat(together.run(List.of(takes, takes, takes, offers))).containsOnly(true);
    }
  }
}
