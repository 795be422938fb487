package dev.headway.core.topic;

import java.time.Instant;

/** The present state of a topic: enough to draw its page without another request. Immutable. */
public interface TopicState {
  /** Whether nothing will happen any more. */
  boolean ended();

  /** The same state as it is shown at a moment: what it says of the time left may have aged. */
  default TopicState shownAt(Instant now) {
    return this;
  }

  /**
   * The place in the topic's stored log that this state stands for; of no use without such a log.
   */
  default Position position() {
    return Position.START;
  }
}
