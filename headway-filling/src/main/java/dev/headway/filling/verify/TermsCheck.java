package dev.headway.filling.verify;

import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.verify.Violation.Rule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks where and when each lot is filled against its terms. */
final class TermsCheck {
  private final Schedule schedule;
  private final ZoneId zone;
  private final List<Violation> violations;
  private final Map<String, Activity.Fill> fills = new HashMap<>();
  private boolean cleaned;

  TermsCheck(Schedule schedule, ZoneId zone, List<Violation> violations) {
    this.schedule = schedule;
    this.zone = zone;
    this.violations = violations;
  }

  /** Checks every activity of a line against its calendar, and every fill against its lot. */
  void check(Line line, List<Activity> activities) {
    var calendar = new CalendarCheck(line.calendar());
    for (var activity : activities) {
      var span = activity.span();
      var lot = activity.lot();
      if (!calendar.worksFrom(schedule.at(span.start()), schedule.at(span.end()))) {
        add(
            Rule.CALENDAR,
            line.name(),
            lot == null ? null : lot.id(),
            "The %s (%s) runs from %s to %s, when the line does not work."
                .formatted(
                    activity.kind().name().toLowerCase(Locale.ROOT),
                    activity.note(),
                    shown(schedule.at(span.start())),
                    shown(schedule.at(span.end()))));
      }
      if (activity instanceof Activity.Fill fill) {
        fills.put(fill.lot().id(), fill);
        check(line, fill);
      }
      cleaned = activity instanceof Activity.Clean;
    }
  }

  private void check(Line line, Activity.Fill fill) {
    var lot = fill.lot();
    var terms = lot.terms();
    var begin = schedule.at(fill.span().start());
    if (!terms.allows(line.name())) {
      add(
          Rule.ALLOWED_LINES,
          line.name(),
          lot.id(),
          "The lot '%s' may only run on %s."
              .formatted(lot.id(), String.join(" or ", terms.lines())));
    }
    if (terms.release() != null && begin.isBefore(terms.release())) {
      add(
          Rule.RELEASE,
          line.name(),
          lot.id(),
          "The lot '%s' begins at %s, before its release at %s."
              .formatted(lot.id(), shown(begin), shown(terms.release())));
    }
    var clean = terms.lock().clean();
    if (clean != null && clean != cleaned) {
      add(
          Rule.LOCK,
          line.name(),
          lot.id(),
          "The lot '%s' is locked otherwise: it comes %s a clean."
              .formatted(lot.id(), cleaned ? "right after" : "without"));
    }
    var locked = terms.lock().start();
    if (locked != null && !locked.equals(begin)) {
      add(
          Rule.LOCK,
          line.name(),
          lot.id(),
          "The lot '%s' begins at %s, but is locked to %s."
              .formatted(lot.id(), shown(begin), shown(locked)));
    }
  }

  /** Checks the order of lots, once all lines are known. */
  void checkOrder(List<Lot> lots) {
    for (var lot : lots) {
      var after = lot.terms().lock().after();
      var earlier = after == null ? null : fills.get(after);
      var later = fills.get(lot.id());
      if (earlier != null && later != null && !follows(earlier, later)) {
        add(
            Rule.LOCK,
            schedule.lines().get(later.line()),
            lot.id(),
            "The lot '%s' does not come after '%s' on its line.".formatted(lot.id(), after));
      }
    }
  }

  private static boolean follows(Activity.Fill earlier, Activity.Fill later) {
    return earlier.line() == later.line() && earlier.span().end() <= later.span().start();
  }

  /** A moment by the site's clocks, with their offset. */
  private String shown(Instant moment) {
    return moment.atZone(zone).toOffsetDateTime().toString();
  }

  private void add(Rule rule, String line, @Nullable String lot, String message) {
    violations.add(new Violation(rule, line, lot, message));
  }
}
