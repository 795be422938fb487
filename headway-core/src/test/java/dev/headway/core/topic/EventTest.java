package dev.headway.core.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.TestClock;
import dev.headway.core.fixture.Together;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventTest {
  private static final TopicName NAME = new TopicName("job", "1");

  /** Equal by name, as dialects are; the counter is no part of it. */
  private static final class CountingDialect implements Dialect {
    private final String name;
    private final boolean told;
    private final AtomicInteger encodings = new AtomicInteger();

    CountingDialect(String name, boolean told) {
      this.name = name;
      this.told = told;
    }

    @Override
    public @Nullable Frame event(Event event) {
      encodings.incrementAndGet();
      return told ? Frame.text(name + event.offset()) : null;
    }

    @Override
    public List<Frame> state(Snapshot snapshot) {
      return List.of();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof CountingDialect dialect && dialect.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  @Test
  void frame_askedOften_isEncodedOncePerDialect() {
    var event = event();
    var one = new CountingDialect("one", true);
    var two = new CountingDialect("two", true);

    var first = event.frame(one);
    for (var round = 0; round < 100; round++) {
      assertThat(event.frame(one)).isSameAs(first);
      assertThat(event.frame(new CountingDialect("one", true))).isSameAs(first);
      assertThat(event.frame(two)).isNotSameAs(first);
    }

    assertThat(one.encodings).hasValue(1);
    assertThat(two.encodings).hasValue(1);
  }

  @Test
  void frame_audienceThatIsNotTold_isAskedOnce() {
    var event = event();
    var deaf = new CountingDialect("deaf", false);

    assertThat(event.frame(deaf)).isNull();
    assertThat(event.frame(deaf)).isNull();

    assertThat(deaf.encodings).hasValue(1);
  }

  @Test
  void frame_fromManyThreads_isAlwaysTheRightOneAndHardlyEverEncodedTwice() {
    try (var threads = new Together(4)) {
      var event = event();
      var dialect = new CountingDialect("one", true);
      var texts =
          threads.run(() -> {
            for (var round = 0; round < 1_000; round++) {
              event.frame(dialect);
            }
            var frame = event.frame(dialect);
            return frame == null ? "" : frame.asText();
          });
      assertThat(texts).containsOnly("one1");
      assertThat(dialect.encodings.get()).as("at most once a thread").isBetween(1, 4);
    }
  }

  @Test
  void eventAfterGap_dialectThatDoesNotSaySo_isTheSharedFrame() {
    var event = event();
    var dialect = new CountingDialect("one", true);

    assertThat(dialect.eventAfterGap(event, 7)).isSameAs(event.frame(dialect));
  }

  @Test
  void frame_eventAfterAGapOfTheLog_isEncodedOnceByEveryDialect() {
    var before = new Position(2, 5, 0);
    var event = event().following(before);
    var late =
        new Event(
            NAME,
            new Cursor("e", new Position(3, 9, 0)),
            4,
            TestClock.START,
            Note.milestone(1),
            new TopicCounts());
    var dialect = new CountingDialect("one", true);

    assertThat(event.passedOver()).isZero();
    assertThat(late.following(before).passedOver()).isEqualTo(4);
    assertThat(late.frame(dialect)).isSameAs(late.frame(dialect)).hasToString("one12");
    assertThat(dialect.encodings).hasValue(1);
  }

  @Test
  void frame_dialectThatFails_isItsMarkerOnceAndCounted() {
    var failures = new TopicCounts();
    var event = new Event(NAME, new Cursor("e", 1), TestClock.START, Note.milestone(1), failures);
    var dialect = new FailingDialect();

    var marker = Objects.requireNonNull(event.frame(dialect));
    assertThat(marker.asText())
        .contains(
            "\"type\":\"" + event.body().type() + "\"", "\"cursor\":\"e-1\"", "EXECUTION_ERROR");
    assertThat(event.frame(dialect)).isSameAs(marker);
    assertThat(failures.unencodable()).isEqualTo(1);
    assertThat(event.frame(new CountingDialect("one", true))).hasToString("one1");
  }

  @Test
  void frameAfterGap_dialectThatFails_isItsMarker() {
    var frame = Objects.requireNonNull(event().frameAfterGap(new FailingDialect(), 3));

    assertThat(frame.asText()).contains("EXECUTION_ERROR");
  }

  private record FailingDialect() implements Dialect {
    @Override
    public Frame event(Event event) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public List<Frame> state(Snapshot snapshot) {
      return List.of();
    }
  }

  @Test
  void frame_textAndBinary_sayWhatTheyAre() {
    assertThat(Frame.text("ä").bytes()).hasSize(2);
    assertThat(Frame.text("ä").asText()).isEqualTo("ä");
    assertThat(Frame.text("ä").isBinary()).isFalse();
    assertThat(Frame.binary(new byte[] {1, 2}).isBinary()).isTrue();
    assertThat(Frame.binary(new byte[] {1, 2})).hasToString("Frame[2 bytes]");
  }

  private static Event event() {
    return new Event(
        NAME, new Cursor("e", 1), TestClock.START, Note.milestone(1), new TopicCounts());
  }
}
