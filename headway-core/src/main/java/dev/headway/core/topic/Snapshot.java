package dev.headway.core.topic;

/**
 * A topic's state together with the place in its log that it stands for: what happens after this
 * cursor is not in the state, what happened up to it is.
 */
public record Snapshot(TopicName topic, Cursor cursor, TopicState state) {}
