package dev.headway.core.topic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The reduction of events for a watcher that is behind: every milestone stays, and of the progress
 * under one key only the newest. The events that are passed over are counted.
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

  /** Reduces consecutive events to what must be sent, in order. */
  public static List<Kept> of(List<Event> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    var newest = new HashSet<String>();
    var kept = new ArrayList<Kept>();
    for (var event : events.reversed()) {
      var key = event.body().conflationKey();
      if (key == null || newest.add(key)) {
        kept.add(new Kept(event, 0));
      }
    }
    return counted(kept.reversed(), events.getFirst().offset());
  }

  private static List<Kept> counted(List<Kept> kept, long first) {
    var result = new ArrayList<Kept>(kept.size());
    var expected = first;
    for (var entry : kept) {
      result.add(new Kept(entry.event(), entry.event().offset() - expected));
      expected = entry.event().offset() + 1;
    }
    return result;
  }
}
