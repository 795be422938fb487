package dev.headway.filling.export;

import dev.headway.filling.input.StatedSettings;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Schedule;
import java.time.ZoneId;

/**
 * A schedule with what is exported about it.
 *
 * @param name of the schedule, as its owner called it
 * @param strategy that made it
 * @param schedule the activities
 * @param kpis how good it is
 * @param rules that it was made by
 */
public record ScheduleReport(
    String name, String strategy, Schedule schedule, Kpis kpis, StatedSettings rules) {
  /** The site's clocks. */
  SiteClock clock() {
    return new SiteClock(ZoneId.of(rules.timeZone()));
  }
}
