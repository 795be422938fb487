package dev.headway.filling.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.filling.model.Kpis;
import org.jspecify.annotations.Nullable;

/**
 * The result of a schedule's job, as it is stored and as watchers get it.
 *
 * @param strategy by name
 * @param makespan hours
 * @param utilization a fraction
 * @param lowerBound hours
 * @param gap a fraction of the bound
 * @param note what people should know about how the plan came about; null when there is nothing
 * @param partial true for what a cancelled search had found; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleResult(
    String strategy,
    double makespan,
    double utilization,
    int changeovers,
    int lotsScheduled,
    double lowerBound,
    double gap,
    KpiFigures kpis,
    long scheduleId,
    @Nullable String note,
    @Nullable Boolean partial) {
  /**
   * The result of a schedule.
   *
   * @param given the figures of the lots in their given order
   * @param note what people should know about the plan; null for nothing
   */
  static ScheduleResult of(long id, PlannedSchedule planned, Kpis given, @Nullable String note) {
    var headline = KpiFigures.Headline.of(planned.kpis());
    return new ScheduleResult(
        planned.stored().strategy(),
        headline.makespan(),
        headline.utilization(),
        headline.changeovers(),
        headline.lotsScheduled(),
        headline.lowerBound(),
        headline.gap(),
        KpiFigures.of(planned.kpis(), given),
        id,
        note,
        null);
  }

  /** The same as what a cancelled search had found. */
  ScheduleResult asPartial() {
    return new ScheduleResult(
        strategy,
        makespan,
        utilization,
        changeovers,
        lotsScheduled,
        lowerBound,
        gap,
        kpis,
        scheduleId,
        note,
        true);
  }
}
