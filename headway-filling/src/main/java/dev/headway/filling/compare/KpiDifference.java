package dev.headway.filling.compare;

import dev.headway.filling.model.Activity.Kind;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Micros;

/**
 * The difference of a schedule's figures to a reference's; negative where it has less.
 *
 * @param makespanHours hours
 * @param utilization as a fraction
 * @param changeovers number of changeovers
 * @param cleans number of cleans
 */
public record KpiDifference(double makespanHours, double utilization, int changeovers, int cleans) {
  /** The difference of {@code kpis} to {@code reference}. */
  public static KpiDifference of(Kpis kpis, Kpis reference) {
    return new KpiDifference(
        Micros.toHours(kpis.makespan() - reference.makespan()),
        kpis.utilization() - reference.utilization(),
        kpis.of(Kind.CHANGEOVER).count() - reference.of(Kind.CHANGEOVER).count(),
        kpis.of(Kind.CLEAN).count() - reference.of(Kind.CLEAN).count());
  }
}
