package dev.headway.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headway.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final TokenBucket bucket = new TokenBucket(4, Duration.ofSeconds(8), clock);

  @Test
  void take_fullBucket_givesItsCapacityAtOnceAndNoMore() {
    assertThat(takeAll()).isEqualTo(4);
    assertThat(bucket.untilNext()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void take_overManyPeriods_givesCapacityInEach() {
    takeAll();
    for (var period = 0; period < 5; period++) {
      clock.advance(Duration.ofSeconds(8));
      assertThat(takeAll()).as("period %d", period).isEqualTo(4);
    }
  }

  @Test
  void take_afterPartOfThePeriod_givesThatPart() {
    takeAll();
    clock.advance(Duration.ofMillis(1_999));
    assertThat(bucket.take()).isFalse();
    assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(takeAll()).isEqualTo(1);
  }

  @Test
  void take_afterALongRest_givesNoMoreThanCapacity() {
    clock.advance(Duration.ofDays(400));
    assertThat(takeAll()).isEqualTo(4);
  }

  @Test
  void take_clockSetBack_neverGivesMoreThanCapacity() {
    takeAll();
    clock.advance(Duration.ofHours(-1));
    assertThat(bucket.take()).isFalse();
  }

  @Test
  void putBack_afterTake_letsItBeTakenAgain() {
    takeAll();
    bucket.putBack();
    assertThat(bucket.untilNext()).isZero();
    assertThat(takeAll()).isEqualTo(1);
  }

  @Test
  void take_byManyThreads_givesExactlyCapacity() {
    var wide = new TokenBucket(1_000, Duration.ofHours(1), clock);
    var taken = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var thread = 0; thread < 8; thread++) {
        threads.execute(() -> {
          for (var attempt = 0; attempt < 500; attempt++) {
            if (wide.take()) {
              taken.incrementAndGet();
            }
          }
        });
      }
    }
    assertThat(taken).hasValue(1_000);
  }

  @Test
  void new_withoutCapacity_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenBucket(0, Duration.ofSeconds(1), clock))
        .withMessageContaining("capacity (0)");
  }

  @Test
  void of_differentKeys_areDifferentBuckets() {
    var buckets = new TokenBuckets(1, Duration.ofSeconds(1), clock);
    assertThat(buckets.of("a").take()).isTrue();
    assertThat(buckets.of("a").take()).isFalse();
    assertThat(buckets.of("b").take()).isTrue();
  }

  private int takeAll() {
    var taken = 0;
    while (bucket.take()) {
      taken++;
    }
    return taken;
  }
}
