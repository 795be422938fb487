package dev.headway.filling.export;

import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Schedule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * An activity as exports and JSON answers show it.
 *
 * @param activity what it is
 * @param line the line's name
 * @param start date and time
 * @param end date and time
 * @param lot the lot that is filled or prepared for; null for cleans
 */
public record ActivityRow(
    Activity activity, String line, Instant start, Instant end, @Nullable Lot lot) {
  /** The columns, in order. */
  public static final List<String> COLUMNS =
      List.of("start", "end", "kind", "lot_id", "lot_type", "line", "note", "duration_hours");

  /** The rows of a schedule, in its order. */
  public static List<ActivityRow> of(Schedule schedule) {
    return schedule.activities().stream().map(activity -> of(schedule, activity)).toList();
  }

  private static ActivityRow of(Schedule schedule, Activity activity) {
    return new ActivityRow(
        activity,
        schedule.lines().get(activity.line()),
        schedule.at(activity.span().start()),
        schedule.at(activity.span().end()),
        activity.lot());
  }

  /** How long it takes. */
  public double durationHours() {
    return Micros.toHours(activity.span().duration());
  }

  /** The lot's id, or "". */
  public String lotId() {
    return lot == null ? "" : lot.id();
  }

  /** The lot's type, or "". */
  public String lotType() {
    return lot == null ? "" : lot.type();
  }

  /** The members of the JSON object, by {@link #COLUMNS}; a clean has no lot. */
  public SequencedMap<String, Object> toJson() {
    var members = new LinkedHashMap<String, Object>();
    members.put("start", start.toString());
    members.put("end", end.toString());
    members.put("kind", activity.kind().name());
    if (lot != null) {
      members.put("lot_id", lot.id());
      members.put("lot_type", lot.type());
    }
    members.put("line", line);
    members.put("note", activity.note());
    members.put("duration_hours", durationHours());
    return members;
  }
}
