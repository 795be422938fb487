package dev.headway.client.stream;

import org.jspecify.annotations.Nullable;

/**
 * A request to watch a topic.
 *
 * @param after a cursor from which to follow without a snapshot; null for the present state
 * @param logs whether lines of the log are wanted, too
 */
public record Interest(Topic topic, @Nullable String after, boolean logs) {
  /** The present state and what follows. */
  public static Interest in(Topic topic) {
    return new Interest(topic, null, false);
  }

  /** The events after a cursor. */
  public Interest after(String cursor) {
    return new Interest(topic, cursor, logs);
  }

  /** With lines of the log. */
  public Interest withLogs() {
    return new Interest(topic, after, true);
  }
}
