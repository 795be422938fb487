package dev.headway.core.topic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of events and states as frames for one audience of a topic. Implementations are
 * immutable records, because frames are kept per event under their dialect's equality.
 */
public interface Dialect {
  /** The error that a marker shows, as JSON. */
  String UNREADABLE =
      "{\"code\":\"EXECUTION_ERROR\",\"message\":\"This event cannot be shown; read its subject\"}";

  /** The frame of an event, or null when this audience is not told of it. */
  @Nullable Frame event(Event event);

  /**
   * The frame of an event before which {@code conflated} others were passed over. Dialects that do
   * not say so encode it like any other.
   */
  default @Nullable Frame eventAfterGap(Event event, long conflated) {
    return event.frameAfterGap(this, 0);
  }

  /**
   * The frame in place of an event that cannot be encoded: of the same type, so that an end is seen
   * as one. Must not fail.
   */
  default Frame marker(Event event) {
    return Frame.text(
        "{\"type\":\"%s\",\"cursor\":\"%s\",\"error\":%s}"
            .formatted(event.body().type(), event.cursor(), UNREADABLE));
  }

  /** Whether this audience is shown the lines that a job's work writes. */
  default boolean lines() {
    return false;
  }

  /** The frames that tell a newcomer the present state. */
  List<Frame> state(Snapshot snapshot);
}
