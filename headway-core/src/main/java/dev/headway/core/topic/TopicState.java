package dev.headway.core.topic;

/** The present state of a topic: enough to draw its page without another request. Immutable. */
public interface TopicState {
  /** Whether nothing will happen any more. */
  boolean ended();
}
