package dev.headway.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.TestClock;
import dev.headway.core.fixture.Together;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
  private final TestClock clock = new TestClock();
  private final RandomIds ids = new RandomIds(clock, new Random(1));

  @Test
  void uuid_any_isOfVersionSevenAndCarriesTheTime() {
    var uuid = ids.uuid();

    assertThat(uuid.version()).isEqualTo(7);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(TestClock.START.toEpochMilli());
  }

  @Test
  void uuid_moreThanAMillisecondHolds_stillSortInTheOrderTheyWereMade() {
    assertThat(made(10_000)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void uuid_clockThatGoesBack_stillSortInTheOrderTheyWereMade() {
    var before = ids.uuid().toString();
    clock.advance(Duration.ofSeconds(-10));

    assertThat(made(10).getFirst()).isGreaterThan(before);
  }

  private List<String> made(int count) {
    return Stream.generate(ids::uuid).limit(count).map(UUID::toString).toList();
  }

  @Test
  void uuid_fromManyThreads_areAllDifferent() {
    try (var threads = new Together(4)) {
      var all = new HashSet<String>();
      threads.run(() -> made(2_000)).forEach(all::addAll);
      assertThat(all).hasSize(8_000);
    }
  }

  @Test
  void epochAndSecret_any_areMadeOfTheCharactersTheyPromise() {
    for (var round = 0; round < 1_000; round++) {
      assertThat(ids.epoch()).matches("[a-z0-9]{1,13}");
      assertThat(ids.secret()).matches("[A-Za-z0-9_-]{32}");
    }
  }
}
