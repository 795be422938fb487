package dev.headway.server.stream;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.ALWAYS;
import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A frame of the native stream that is no event. A reply's {@code re} is the request's id; null
 * where it had none.
 */
sealed interface NativeReply {
  /** The first frame. */
  record Hello(String hello, String server, String epoch, long pingSeconds, Reconnect reconnect)
      implements NativeReply {
    static Hello of(StreamSettings settings) {
      return new Hello(
          NativeStream.JSON,
          settings.server(),
          settings.epoch(),
          settings.ping().toSeconds(),
          Reconnect.within(settings.reconnectMin(), settings.reconnectMax()));
    }
  }

  /** The news that the bus between servers was lost ({@code degraded}), or rings again. */
  record OfBus(String notice) implements NativeReply {}

  /** The window over which clients spread their reconnects. */
  record Reconnect(long minMs, long maxMs) {
    static Reconnect within(Duration min, Duration max) {
      return new Reconnect(min.toMillis(), max.toMillis());
    }
  }

  /** The reply to a token that holds; null for one that never expires. */
  @JsonInclude(NON_NULL)
  record Authenticated(
      @Nullable JsonNode re, boolean ok, @JsonInclude(ALWAYS) @Nullable Instant expiresAt)
      implements NativeReply {}

  /**
   * A part of the reply to a watch request.
   *
   * @param watching entries, each of them {@link Entry} as JSON
   * @param more true on all parts but the last
   */
  @JsonInclude(NON_NULL)
  record Watching(
      @Nullable JsonNode re,
      List<Json> watching,
      List<RefusedTopic> refused,
      @Nullable Boolean more)
      implements NativeReply {}

  /** A topic that is watched from now on; without a snapshot it was recovered. */
  record Entry(String topic, boolean recovered, String cursor, @Nullable Json snapshot) {}

  /** Topics that the client may watch no longer. */
  record Refused(List<RefusedTopic> refused) implements NativeReply {
    static Refused of(String topic) {
      return new Refused(List.of(RefusedTopic.of(topic)));
    }
  }

  /** A topic that there is not, as far as the client may know. */
  record RefusedTopic(String topic, ErrorCode code) {
    static RefusedTopic of(String topic) {
      return new RefusedTopic(topic, ErrorCode.NOT_FOUND);
    }
  }

  /** The reply to a request that was done. */
  @JsonInclude(NON_NULL)
  record Done(@Nullable JsonNode re, boolean ok) implements NativeReply {}

  /** The reply to a cancellation: {@code requested} or {@code too_late}. */
  @JsonInclude(NON_NULL)
  record CancelDecided(@Nullable JsonNode re, String ok) implements NativeReply {}

  /** The time. */
  @JsonInclude(NON_NULL)
  record Pong(@Nullable JsonNode re, Instant at) implements NativeReply {}

  /** The reply to a request that cannot be followed. */
  @JsonInclude(NON_NULL)
  record Failed(@Nullable JsonNode re, Reason error) implements NativeReply {
    static Failed of(@Nullable JsonNode re, HeadwayException failure) {
      return new Failed(re, new Reason(failure.code(), failure.safeMessage()));
    }
  }

  /** An error, with a text that is safe to show. */
  record Reason(ErrorCode code, String message) {}
}
