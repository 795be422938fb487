package dev.headway.server.transport;

import dev.headway.core.topic.Conflation;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * What watchers at one place of a log lack, wrapped and ready to be written: one piece of memory
 * that all of them are sent. Used on one event loop.
 *
 * @param from the place of the watchers it is for
 * @param to the place they will have reached
 * @param bytes the wrapped frames; empty when this audience is told of none of the events
 * @param last whether the topic's last event is among them
 */
record Run(long from, long to, ByteBuf bytes, boolean last) {
  private static final int MAX_EVENTS = 256;
  private static final int MAX_BYTES = 128 * 1024;

  /** A watcher that lacks more than this is sent the newest progress instead of every one. */
  private static final int CONFLATE_ABOVE = 64;

  /** Builds what is lacking after {@code from}; the log must cover it. */
  static Run after(long from, Topic topic, Audience audience, ByteBufAllocator memory) {
    var events = topic.after(from, MAX_EVENTS);
    if (events.isEmpty()) {
      return new Run(from, from, memory.directBuffer(0), false);
    }
    var frames = new ArrayList<Frame>(events.size());
    var reached = collect(events, audience.dialect(), frames);
    var bytes = memory.directBuffer(size(frames, audience.framing()));
    frames.forEach(frame -> audience.framing().write(frame, bytes));
    var last = events.getLast();
    return new Run(from, reached, bytes, last.body().ended() && reached == last.offset());
  }

  private static long collect(List<Event> events, Dialect dialect, List<Frame> frames) {
    if (events.size() > CONFLATE_ABOVE) {
      return conflated(events, dialect, frames);
    }
    var size = 0;
    for (var event : events) {
      var frame = event.frame(dialect);
      if (frame != null) {
        frames.add(frame);
        size += frame.bytes().length;
      }
      if (size > MAX_BYTES) {
        return event.offset();
      }
    }
    return events.getLast().offset();
  }

  private static long conflated(List<Event> events, Dialect dialect, List<Frame> frames) {
    for (var kept : Conflation.of(events)) {
      var frame =
          kept.passedOver() == 0
              ? kept.event().frame(dialect)
              : dialect.eventAfterGap(kept.event(), kept.passedOver());
      if (frame != null) {
        frames.add(frame);
      }
    }
    return events.getLast().offset();
  }

  private static int size(List<Frame> frames, Framing framing) {
    var size = 0;
    for (var frame : frames) {
      size += frame.bytes().length + framing.overhead(frame.bytes().length);
    }
    return size;
  }
}
