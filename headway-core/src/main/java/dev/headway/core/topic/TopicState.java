package dev.headway.core.topic;

/** The present state of a topic: enough to draw its page without another request. Immutable. */
public interface TopicState {
  /** Whether nothing will happen any more. */
  boolean ended();

  /**
   * The place in the topic's stored log that this state stands for; of no use without such a log.
   */
  default Position position() {
    return Position.START;
  }
}
