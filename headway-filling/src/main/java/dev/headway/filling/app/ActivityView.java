package dev.headway.filling.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.filling.export.ActivityRow;
import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.work.PlannedSchedule;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An activity as answers show it; a clean has no lot.
 *
 * @param due of the lot that is filled; null without a due date
 * @param tardinessHours how much later than that the fill ends; null without a due date
 * @param moved whether the lot has another place than in an earlier plan; null without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ActivityView(
    Instant start,
    Instant end,
    Activity.Kind kind,
    @Nullable String lotId,
    @Nullable String lotType,
    String line,
    String note,
    double durationHours,
    @Nullable Instant due,
    @Nullable Double tardinessHours,
    @Nullable Boolean moved) {
  static List<ActivityView> of(PlannedSchedule planned) {
    var moved = planned.schedule().moved();
    return ActivityRow.of(planned.schedule()).stream()
        .map(row -> of(planned.schedule(), row, moved))
        .toList();
  }

  private static ActivityView of(Schedule schedule, ActivityRow row, Set<Lot> moved) {
    var lot = row.lot();
    var dated =
        row.activity() instanceof Activity.Fill fill && fill.lot().terms().due() != null
            ? fill
            : null;
    return new ActivityView(
        row.start(),
        row.end(),
        row.activity().kind(),
        lot == null ? null : lot.id(),
        lot == null ? null : lot.type(),
        row.line(),
        row.activity().note(),
        row.durationHours(),
        dated == null ? null : dated.lot().terms().due(),
        dated == null ? null : Micros.toHours(schedule.tardiness(dated)),
        hasMoved(row, moved));
  }

  private static @Nullable Boolean hasMoved(ActivityRow row, Set<Lot> moved) {
    if (row.activity() instanceof Activity.Fill fill) {
      return fill.lot().terms().was() == null ? null : moved.contains(fill.lot());
    }
    return null;
  }
}
