package dev.headway.filling.replan;

import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a schedule that has begun by a moment. A lot has begun once its changeover, or the
 * clean before it, has.
 *
 * @param lots by id, in time order on each line
 * @param ends when each line is free, in microseconds after the schedule's start
 * @param before for each lot of the schedule the one filled before it on its line; null for none
 */
record Begun(
    SequencedMap<String, BegunLot> lots, List<Long> ends, Map<String, @Nullable String> before) {
  /**
   * A lot that has begun.
   *
   * @param fill what was planned for it
   * @param clean whether a clean came right before it
   */
  record BegunLot(Activity.Fill fill, boolean clean) {}

  /** The part of a schedule that has begun by so many microseconds after its start. */
  static Begun of(Schedule schedule, long at) {
    var begun = new Begun(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>());
    for (var line = 0; line < schedule.lines().size(); line++) {
      begun.ends.add(begun.add(schedule.ofLine(line), at));
    }
    return begun;
  }

  /** Adds a line's lots; returns when it is free. */
  private long add(List<Activity> activities, long at) {
    var end = 0L;
    var started = false;
    var clean = false;
    @Nullable String previous = null;
    for (var activity : activities) {
      started |= activity.span().start() < at;
      clean |= activity instanceof Activity.Clean;
      if (activity instanceof Activity.Fill fill) {
        before.put(fill.lot().id(), previous);
        previous = fill.lot().id();
        if (started) {
          lots.put(previous, new BegunLot(fill, clean));
          end = fill.span().end();
        }
        started = false;
        clean = false;
      }
    }
    return end;
  }
}
