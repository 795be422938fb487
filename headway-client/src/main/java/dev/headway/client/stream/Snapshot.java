package dev.headway.client.stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A topic's present state, which replaces everything known about it.
 *
 * @param cursor the moment that it stands for
 * @param state enough to draw the topic without another request
 */
public record Snapshot(Topic topic, @Nullable String cursor, JsonNode state) {}
