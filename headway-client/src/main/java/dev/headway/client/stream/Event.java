package dev.headway.client.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event of a topic.
 *
 * @param topic to whom
 * @param cursor where it stands in the topic's log; watching {@code after} it misses nothing
 * @param type for example {@code progress} or {@code completed}
 * @param at when
 * @param data what the type calls for
 * @param conflated how many progress events were passed over before it, because the watcher was
 *     behind; usually 0
 */
public record Event(
    Topic topic,
    @Nullable String cursor,
    String type,
    @Nullable Instant at,
    JsonNode data,
    long conflated) {

  /** Whether its topic has ended with it: none follows. */
  public boolean ended() {
    return topic.ends()
        && (type.equals("completed") || type.equals("failed") || type.equals("cancelled"));
  }
}
