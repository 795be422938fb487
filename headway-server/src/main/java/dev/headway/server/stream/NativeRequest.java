package dev.headway.server.stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of a client of the native stream; null for absent members. */
sealed interface NativeRequest {
  /** A token, the first or a newer one. */
  record Auth(@Nullable String token) implements NativeRequest {}

  /** Topics to watch from now on. */
  record Watch(@Nullable List<WatchedTopic> topics) implements NativeRequest {}

  /** Topics to watch no longer. */
  record Unwatch(@Nullable List<WatchedTopic> topics) implements NativeRequest {}

  /** A job to stop, by the name of a topic. */
  record Cancel(@Nullable String topic, @Nullable Boolean keepPartial) implements NativeRequest {
    String name() {
      return topic == null ? "" : topic;
    }
  }

  /** A question for the time. */
  record Ping() implements NativeRequest {}

  /**
   * A topic by its name, or with more about it.
   *
   * @param after the cursor of a client that returns
   * @param logs whether log lines are wanted
   */
  record WatchedTopic(@Nullable String topic, @Nullable String after, @Nullable Boolean logs) {
    /** A topic with more about it. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public WatchedTopic {}

    /** A plain name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static WatchedTopic of(String topic) {
      return new WatchedTopic(topic, null, null);
    }

    String name() {
      return topic == null ? "" : topic;
    }

    boolean withLogs() {
      return Boolean.TRUE.equals(logs);
    }
  }
}
