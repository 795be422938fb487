package dev.headway.server.transport.fanout;

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
 * Consecutive events of a topic, encoded and wrapped: one piece of memory for all subscriptions at
 * the same offset. Used on one event loop.
 *
 * @param from the offset of the subscriptions that it is for
 * @param to the offset that it takes them to
 * @param bytes the wrapped frames; empty when the encoding has a frame for none of the events
 * @param last whether the topic's last event is among them
 * @param passedOver how much progress it leaves out
 * @param since the time of its oldest event, in milliseconds of the wall clock; 0 without events
 */
record EncodedBatch(long from, long to, ByteBuf bytes, boolean last, long passedOver, long since) {
  private static final int MAX_EVENTS = 256;
  private static final int MAX_BYTES = 128 * 1024;

  /** The longest backlog that is sent without conflation. */
  private static final int CONFLATE_ABOVE = 64;

  /** Encodes the events after {@code from}; the log must cover it. */
  static EncodedBatch after(long from, Topic topic, Encoding encoding) {
    var memory = ByteBufAllocator.DEFAULT;
    var head = topic.head();
    var events = topic.after(from, MAX_EVENTS);
    if (events.isEmpty()) {
      return new EncodedBatch(from, Math.max(from, head), memory.directBuffer(0), false, 0, 0);
    }
    var frames = new ArrayList<Frame>(events.size());
    var kept = kept(from, events);
    var reached = collect(kept, encoding.dialect(), frames);
    var bytes = memory.directBuffer(size(frames, encoding.framing()));
    frames.forEach(frame -> encoding.framing().write(frame, bytes));
    var last = events.getLast();
    return new EncodedBatch(
        from,
        reached,
        bytes,
        last.body().ended() && reached == last.offset(),
        passedOver(kept, reached),
        kept.getFirst().event().at().toEpochMilli());
  }

  private static List<Conflation.Kept> kept(long from, List<Event> events) {
    return events.size() > CONFLATE_ABOVE
        ? Conflation.of(from, events)
        : Conflation.none(from, events);
  }

  private static long collect(
      List<Conflation.Kept> events, Dialect dialect, ArrayList<Frame> frames) {
    var size = 0;
    var passedOver = 0L; // also before events that this audience is not told of
    for (var kept : events) {
      passedOver += kept.passedOver();
      var frame = kept.event().frameAfterGap(dialect, passedOver);
      if (frame != null) {
        frames.add(frame);
        size += frame.bytes().length;
        passedOver = 0;
      }
      if (size > MAX_BYTES) {
        return kept.event().offset();
      }
    }
    return events.getLast().event().offset();
  }

  private static long passedOver(List<Conflation.Kept> events, long reached) {
    var sum = 0L;
    for (var kept : events) {
      sum += kept.event().offset() <= reached ? kept.passedOver() : 0;
    }
    return sum;
  }

  private static int size(List<Frame> frames, Framing framing) {
    var size = 0;
    for (var frame : frames) {
      size += frame.bytes().length + framing.overhead(frame.bytes().length);
    }
    return size;
  }
}
