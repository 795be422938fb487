package dev.headway.core.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.TestClock;
import dev.headway.core.topic.Conflation.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConflationTest {
  private static final TopicName NAME = new TopicName("user", "1");

  @Test
  void of_nothing_isNothing() {
    assertThat(Conflation.of(0, List.of())).isEmpty();
  }

  @Test
  void of_progressBetweenMilestones_keepsTheNewestAndEveryMilestone() {
    // P is progress, m a milestone.
    assertThat(kept("P P P m P P")).containsExactly("m+3", "P+1");
  }

  @Test
  void of_milestonesAlone_keepsAllWithoutAGap() {
    assertThat(kept("m m m")).containsExactly("m+0", "m+0", "m+0");
  }

  @Test
  void of_progressOfTwoJobs_keepsTheNewestOfEach() {
    assertThat(kept("P Q P Q P m")).containsExactly("Q+3", "P+0", "m+0");
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void of_anyRun_isWhatTheNaiveRuleKeeps(long seed) {
    var random = new Random(seed);
    var events = new ArrayList<Event>();
    var offset = (long) random.nextInt(1_000);
    for (var at = random.nextInt(60); at >= 0; at--) {
      offset++;
      var key = random.nextInt(3) == 0 ? null : "job-" + random.nextInt(3);
      events.add(event(offset, new Note(offset, key)));
    }

    var kept = Conflation.of(events.getFirst().offset() - 1, events);

    assertThat(kept.stream().map(Kept::event)).containsExactlyElementsOf(naive(events));
    assertThat(kept.getLast().event()).isEqualTo(events.getLast());
    assertThat(kept.stream().mapToLong(entry -> 1 + entry.passedOver()).sum())
        .as("what was sent and what was passed over is all there was")
        .isEqualTo(events.size());
  }

  /** A milestone, or progress after which there is none under the same key. */
  private static List<Event> naive(List<Event> events) {
    return events.stream()
        .filter(event ->
            event.body().conflationKey() == null
                || events.stream()
                    .filter(later -> later.offset() > event.offset())
                    .noneMatch(
                        later -> event.body().conflationKey().equals(later.body().conflationKey())))
        .toList();
  }

  /** One letter an event: m for a milestone, any other for progress under that key. */
  private static List<String> kept(String letters) {
    var events = new ArrayList<Event>();
    for (var letter : letters.split(" ", -1)) {
      var offset = events.size() + 1L;
      events.add(event(offset, new Note(offset, letter.equals("m") ? null : letter)));
    }
    return Conflation.of(0, events).stream()
        .map(entry -> {
          var key = entry.event().body().conflationKey();
          return (key == null ? "m" : key) + "+" + entry.passedOver();
        })
        .toList();
  }

  private static Event event(long offset, Note note) {
    return new Event(NAME, new Cursor("e", offset), TestClock.START, note, new TopicCounts());
  }
}
