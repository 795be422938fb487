package dev.headway.filling.work;

import dev.headway.filling.input.StatedSettings;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.model.Settings;
import dev.headway.filling.store.StoredPlan;

/**
 * A strategy's plan, laid out and measured.
 *
 * @param stored what is kept of it
 * @param schedule the activities
 * @param kpis how good it is
 * @param settings that it was made by
 */
public record PlannedSchedule(StoredPlan stored, Schedule schedule, Kpis kpis, Settings settings) {
  /** Lays out what was kept. */
  public static PlannedSchedule of(Problem problem, StoredPlan stored) {
    var schedule = Schedule.of(problem, stored.plan(), stored.start());
    var kpis = Kpis.of(schedule, stored.lowerBound());
    return new PlannedSchedule(stored, schedule, kpis, problem.settings());
  }

  /** Lays out a plan that may break rules. */
  public static PlannedSchedule draft(Problem problem, StoredPlan stored) {
    var schedule = Schedule.draft(problem, stored.plan(), stored.start());
    var kpis = Kpis.of(schedule, stored.lowerBound());
    return new PlannedSchedule(stored, schedule, kpis, problem.settings());
  }

  /** The settings as they can be sent again. */
  public StatedSettings rules() {
    return StatedSettings.of(settings, schedule.start());
  }

  /** The same against a higher lower bound that another strategy has proved. */
  PlannedSchedule above(long lowerBound) {
    return new PlannedSchedule(
        stored.above(lowerBound), schedule, Kpis.of(schedule, lowerBound), settings);
  }
}
