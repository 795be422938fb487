package dev.headway.filling.revision;

import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Schedule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lot that two plans fill at different times or on different lines.
 *
 * @param before where one plan fills it
 * @param after where the other does
 */
public record MovedLot(String lotId, Place before, Place after) {
  /** The place of a lot: its line, and when its filling begins. */
  public record Place(String line, Instant start) {}

  /** The difference of two plans of the same lots, in the order of the later plan. */
  public static List<MovedLot> between(Schedule before, Schedule after) {
    var places = new HashMap<String, Place>();
    before.fills().forEach(fill -> places.put(fill.lot().id(), place(before, fill)));
    return after.fills().stream()
        .map(fill -> moved(places, fill.lot().id(), place(after, fill)))
        .filter(moved -> !moved.before().equals(moved.after()))
        .toList();
  }

  private static MovedLot moved(Map<String, Place> places, String lot, Place after) {
    return new MovedLot(lot, places.getOrDefault(lot, after), after);
  }

  private static Place place(Schedule schedule, Activity.Fill fill) {
    return new Place(schedule.lines().get(fill.line()), schedule.at(fill.span().start()));
  }
}
