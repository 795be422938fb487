package dev.headway.filling.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.filling.export.ActivityRow;
import dev.headway.filling.model.Activity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An activity as answers show it; a clean has no lot. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ActivityView(
    Instant start,
    Instant end,
    Activity.Kind kind,
    @Nullable String lotId,
    @Nullable String lotType,
    String line,
    String note,
    double durationHours) {
  static List<ActivityView> of(PlannedSchedule planned) {
    return ActivityRow.of(planned.schedule()).stream().map(ActivityView::of).toList();
  }

  private static ActivityView of(ActivityRow row) {
    var lot = row.lot();
    return new ActivityView(
        row.start(),
        row.end(),
        row.activity().kind(),
        lot == null ? null : lot.id(),
        lot == null ? null : lot.type(),
        row.line(),
        row.activity().note(),
        row.durationHours());
  }
}
