package dev.headway.filling.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.filling.revision.MovedLot;
import dev.headway.filling.revision.Revision;
import dev.headway.filling.verify.Violation;
import dev.headway.filling.work.KpiChange;
import dev.headway.filling.work.KpiFigures;
import dev.headway.filling.work.PlannedSchedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A changed plan as answers show it.
 *
 * @param valid whether it breaks no rule
 * @param before the figures of the plan that it is held against
 * @param moved the lots that have another line or another start than there
 */
record RevisionView(
    boolean valid,
    List<BrokenRule> violations,
    KpiFigures before,
    KpiFigures after,
    KpiChange change,
    List<MovedLot> moved,
    List<ActivityView> activitiesJson) {
  /**
   * A rule that the plan breaks.
   *
   * @param line null when no single one is to blame
   * @param lotId null when no single one is to blame
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record BrokenRule(
      Violation.Rule rule, @Nullable String line, @Nullable String lotId, String message) {
    private static BrokenRule of(Violation violation) {
      var line = violation.line().isEmpty() ? null : violation.line();
      return new BrokenRule(violation.rule(), line, violation.lot(), violation.message());
    }
  }

  static RevisionView of(Revision revision, PlannedSchedule against) {
    var planned = revision.planned();
    var before = against.kpis();
    return new RevisionView(
        revision.violations().isEmpty(),
        revision.violations().stream().map(BrokenRule::of).toList(),
        KpiFigures.of(before),
        KpiFigures.of(planned.kpis()),
        KpiChange.between(before, planned.kpis()),
        MovedLot.between(against.schedule(), planned.schedule()),
        ActivityView.of(planned));
  }
}
