package dev.headway.filling.export;

import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Schedule;

/**
 * A schedule with what is exported about it.
 *
 * @param name of the schedule, as its owner called it
 * @param strategy that made it
 * @param schedule the activities
 * @param kpis how good it is
 */
public record ScheduleReport(String name, String strategy, Schedule schedule, Kpis kpis) {}
