package dev.headway.core.topic;

/**
 * A topic's state together with its cursor: events up to the cursor are in the state, later events
 * are not.
 */
public record Snapshot(TopicName topic, Cursor cursor, TopicState state) {}
