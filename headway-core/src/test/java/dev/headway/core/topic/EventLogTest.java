package dev.headway.core.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {
  private static final TopicName NAME = new TopicName("job", "1");

  @Test
  void covers_emptyLog_coversOnlyTheBeginning() {
    var log = new EventLog(4, Position.START);

    assertThat(log.head()).isEqualTo(Position.START);
    assertThat(log.covers(0, false)).isTrue();
    assertThat(log.covers(1, false)).isFalse();
    assertThat(log.covers(-1, false)).isFalse();
    assertThat(log.after(0, 10)).isEmpty();
  }

  @Test
  void covers_fullLog_coversWhatItStillHas() {
    var log = filled(4, 10);

    assertThat(log.covers(5, false)).as("6 is the first, 5 was dropped").isFalse();
    assertThat(log.covers(6, false)).as("everything after 6 is here").isTrue();
    assertThat(log.covers(10, false)).isTrue();
    assertThat(log.covers(11, false)).as("ahead of the head").isFalse();
    assertThat(log.covers(Long.MAX_VALUE, false)).isFalse();
    assertThat(log.covers(Long.MIN_VALUE, false)).isFalse();
  }

  @Test
  void after_edges_returnsWhatIsThere() {
    var log = filled(4, 10);

    assertThat(offsets(log.after(6, 10))).containsExactly(7L, 8L, 9L, 10L);
    assertThat(offsets(log.after(6, 2))).containsExactly(7L, 8L);
    assertThat(offsets(log.after(9, Integer.MAX_VALUE))).containsExactly(10L);
    assertThat(offsets(log.after(0, 10))).containsExactly(7L, 8L, 9L, 10L);
    assertThat(log.after(10, 10)).isEmpty();
    assertThat(log.after(99, 10)).isEmpty();
    assertThat(log.after(6, 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 16, 20, 1_000})
  void append_anyCapacity_keepsExactlyThatMany(int capacity) {
    var log = filled(capacity, 3_000);

    assertThat(offsets(log.after(0, Integer.MAX_VALUE)))
        .hasSize(capacity)
        .startsWith(3_001L - capacity)
        .endsWith(3_000L);
  }

  @Test
  void append_capacityBelowOne_keepsOne() {
    assertThat(offsets(filled(0, 5).after(0, 10))).containsExactly(5L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void append_randomOperations_isAsANaiveLog(long seed) {
    var random = new Random(seed);
    var capacity = 1 + random.nextInt(40);
    var log = new EventLog(capacity, Position.START);
    var naive = new ArrayList<Event>();
    for (var step = 0; step < 2_000; step++) {
      if (random.nextBoolean()) {
        var event = event(naive.size() + 1);
        log.append(event);
        naive.add(event);
      } else {
        var offset = random.nextInt(naive.size() + 3) - 1;
        var limit = random.nextInt(capacity + 2);
        assertThat(log.covers(offset, false)).isEqualTo(naiveCovers(naive, capacity, offset));
        assertThat(log.after(offset, limit)).isEqualTo(naiveAfter(naive, capacity, offset, limit));
      }
      assertThat(log.head().offset()).isEqualTo(naive.size());
    }
  }

  private static boolean naiveCovers(List<Event> all, int capacity, long offset) {
    return offset >= Math.max(0, all.size() - capacity) && offset <= all.size();
  }

  private static List<Event> naiveAfter(List<Event> all, int capacity, long offset, int limit) {
    return all.stream()
        .skip(Math.max(0, all.size() - capacity))
        .filter(event -> event.offset() > offset)
        .limit(limit)
        .toList();
  }

  private static EventLog filled(int capacity, int events) {
    var log = new EventLog(capacity, Position.START);
    for (var offset = 1; offset <= events; offset++) {
      log.append(event(offset));
    }
    return log;
  }

  private static Event event(long offset) {
    return new Event(
        NAME, new Cursor("e", offset), TestClock.START, Note.milestone(offset), new TopicCounts());
  }

  private static List<Long> offsets(List<Event> events) {
    return events.stream().map(Event::offset).toList();
  }
}
