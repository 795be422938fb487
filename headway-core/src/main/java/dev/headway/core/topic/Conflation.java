package dev.headway.core.topic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * The reduction of events for a watcher that is behind: every milestone stays, and of the progress
 * under one key only the newest. The events that are passed over are counted, and so is the
 * progress that the log itself lacks.
 */
public final class Conflation {
  private Conflation() {}

  /**
   * An event to send.
   *
   * @param event the event
   * @param passedOver how many were left out right before it
   */
  public record Kept(Event event, long passedOver) {}

  /**
   * Reduces consecutive events to what must be sent, in order.
   *
   * @param from the offset of the watcher that they are for
   */
  public static List<Kept> of(long from, List<Event> events) {
    var last = new ArrayList<Event>();
    var newest = new HashSet<String>();
    for (var event : events.reversed()) {
      var key = event.body().conflationKey();
      if (key == null || newest.add(key)) {
        last.add(event);
      }
    }
    return counted(from, events, new HashSet<>(last)::contains);
  }

  /**
   * Keeps all of consecutive events, with what the log lacks between them.
   *
   * @param from the offset of the watcher that they are for
   */
  public static List<Kept> none(long from, List<Event> events) {
    return counted(from, events, _ -> true);
  }

  private static List<Kept> counted(long from, List<Event> events, Predicate<Event> keep) {
    var result = new ArrayList<Kept>(events.size());
    var reached = from;
    var passedOver = 0L;
    for (var event : events) {
      passedOver += Math.clamp(event.offset() - reached - 1, 0, event.passedOver());
      reached = event.offset();
      if (keep.test(event)) {
        result.add(new Kept(event, passedOver));
        passedOver = 0;
      } else {
        passedOver++;
      }
    }
    return result;
  }
}
