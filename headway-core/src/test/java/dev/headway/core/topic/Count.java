package dev.headway.core.topic;

/**
 * The state of these tests' topics: how many events led to it.
 *
 * @param value as many as the topic's head
 */
record Count(long value) implements TopicState {
  @Override
  public boolean ended() {
    return false;
  }
}
