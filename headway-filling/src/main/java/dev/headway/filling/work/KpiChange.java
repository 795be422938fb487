package dev.headway.filling.work;

import dev.headway.filling.model.Activity.Kind;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Micros;

/**
 * The price of a changed plan: how far its figures are above those of the plan before. Times are
 * hours.
 *
 * @param costHours the change of the makespan, the weighted tardiness and the moves together
 */
public record KpiChange(
    double makespanHours,
    double costHours,
    double tardinessHours,
    int lateLots,
    double changeoverHours,
    int changeoverCount,
    int cleanCount) {
  /** The change from one plan to another. */
  public static KpiChange between(Kpis before, Kpis after) {
    return new KpiChange(
        hours(after.makespan() - before.makespan()),
        hours(after.cost() - before.cost()),
        hours(after.lateness().tardiness() - before.lateness().tardiness()),
        after.lateness().lateLots() - before.lateness().lateLots(),
        hours(after.of(Kind.CHANGEOVER).time() - before.of(Kind.CHANGEOVER).time()),
        after.of(Kind.CHANGEOVER).count() - before.of(Kind.CHANGEOVER).count(),
        after.of(Kind.CLEAN).count() - before.of(Kind.CLEAN).count());
  }

  private static double hours(long micros) {
    return KpiFigures.rounded(Micros.toHours(micros));
  }
}
