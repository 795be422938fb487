package dev.headway.server.transport.socket;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another dialect as whole WebSocket messages, compressed where that pays: made once an event, as
 * in any dialect, for all clients that have agreed on compression.
 */
final class DeflatedDialect implements Dialect {
  private final Dialect plain;
  private final Deflation deflation;

  DeflatedDialect(Dialect plain, Deflation deflation) {
    this.plain = plain;
    this.deflation = deflation;
  }

  @Override
  public @Nullable Frame event(Event event) {
    return message(event.frameAfterGap(plain, 0));
  }

  @Override
  public @Nullable Frame eventAfterGap(Event event, long conflated) {
    return message(event.frameAfterGap(plain, conflated));
  }

  @Override
  public boolean lines() {
    return plain.lines();
  }

  @Override
  public List<Frame> state(Snapshot snapshot) {
    return plain.state(snapshot).stream().map(deflation::message).toList();
  }

  private @Nullable Frame message(@Nullable Frame frame) {
    return frame == null ? null : deflation.message(frame);
  }

  /* Every loop compresses alike: an event's frame that one has made serves the others. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeflatedDialect deflated && plain.equals(deflated.plain);
  }

  @Override
  public int hashCode() {
    return ~plain.hashCode();
  }
}
