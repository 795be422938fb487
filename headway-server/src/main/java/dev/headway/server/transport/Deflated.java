package dev.headway.server.transport;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another dialect in compressed frames, made once an event like those of any dialect and sent to
 * all who have agreed on it.
 */
final class Deflated implements Dialect {
  private final Dialect plain;
  private final Deflation deflation;

  Deflated(Dialect plain, Deflation deflation) {
    this.plain = plain;
    this.deflation = deflation;
  }

  @Override
  public @Nullable Frame event(Event event) {
    return deflate(event.frame(plain));
  }

  @Override
  public @Nullable Frame eventAfterGap(Event event, long conflated) {
    return deflate(plain.eventAfterGap(event, conflated));
  }

  @Override
  public List<Frame> state(Snapshot snapshot) {
    return plain.state(snapshot).stream().map(deflation::deflate).toList();
  }

  private @Nullable Frame deflate(@Nullable Frame frame) {
    return frame == null ? null : deflation.deflate(frame);
  }

  /* Every loop compresses alike: what one has made serves the others. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Deflated deflated && plain.equals(deflated.plain);
  }

  @Override
  public int hashCode() {
    return ~plain.hashCode();
  }
}
