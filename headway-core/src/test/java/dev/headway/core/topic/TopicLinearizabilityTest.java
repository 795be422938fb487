package dev.headway.core.topic;

import dev.headway.core.fixture.TestClock;
import dev.headway.core.id.RandomIds;
import java.time.Duration;
import java.util.Random;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A topic with its log, one writer and any number of readers, by Lincheck: every outcome of
 * operations side by side is one of an order. Under stress in a build; {@code
 * -Dheadway.lincheck=model} takes the threads through their interleavings one by one.
 */
@Tag("alone")
public class TopicLinearizabilityTest {
  private static final TopicName NAME = new TopicName("job", "1");
  private static final boolean MODEL = "model".equals(System.getProperty("headway.lincheck"));

  private final TestClock clock = new TestClock();
  private final Hub hub =
      new Hub(clock, new RandomIds(clock, new Random(1)), new Hub.Limits(2, Duration.ofMinutes(2)));
  private final Topic topic = hub.open(NAME, () -> new Count(0));

  /** Appends an event; one thread does so. */
  @Operation(nonParallelGroup = "writer")
  public long append() {
    var next = topic.head() + 1;
    return hub.publish(topic, new Count(next), Note.milestone(next)).offset();
  }

  /** The state and its place, which belong together. */
  @Operation
  public String snapshot() {
    var snapshot = topic.snapshot();
    return snapshot.state() + " at " + snapshot.cursor().offset();
  }

  /** The events after a cursor at the beginning, which leaves the memory after two events. */
  @Operation
  public String since() {
    return switch (topic.since(new Cursor(topic.snapshot().cursor().life(), 1), false, 10)) {
      case Topic.Since.Events events -> events.events().size() + " events";
      case Topic.Since.State _ -> "the state";
    };
  }

  /** The number of topics in memory. */
  @Operation
  public int size() {
    return hub.size();
  }

  private static <O extends Options<O, ?>> O small(O options) {
    return options.iterations(5).invocationsPerIteration(300).threads(3).actorsPerThread(2);
  }

  @Test
  void operations_sideBySide_haveAnOrder() {
    if (MODEL) {
      small(new ModelCheckingOptions()).check(TopicLinearizabilityTest.class);
    } else {
      small(new StressOptions()).check(TopicLinearizabilityTest.class);
    }
  }
}
