package dev.headway.filling.app;

import dev.headway.filling.model.Activity.Kind;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Micros;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a schedule as clients see them. Hours and percentages are rounded for people. */
final class KpiJson {
  /** Figures for which a difference to the given order says something. */
  private static final List<String> COMPARED =
      List.of(
          "makespan_hours",
          "utilization_percent",
          "changeover_count",
          "changeover_hours",
          "clean_count",
          "clean_hours",
          "avg_lot_duration");

  private KpiJson() {}

  /** The headline of a schedule: makespan in hours, utilization as a fraction, and counts. */
  static Map<String, Object> headline(Kpis kpis) {
    var headline = new LinkedHashMap<String, Object>();
    headline.put("makespan", rounded(kpis.makespanHours()));
    headline.put("utilization", rounded(kpis.utilization()));
    headline.put("changeovers", kpis.of(Kind.CHANGEOVER).count());
    headline.put("lots_scheduled", kpis.of(Kind.FILL).count());
    headline.put("lower_bound", rounded(kpis.lowerBoundHours()));
    headline.put("gap", rounded(kpis.gap()));
    return headline;
  }

  /** All figures, and how far they are from those of the given order. */
  static Map<String, Object> all(Kpis kpis, Kpis given) {
    var all = figures(kpis);
    var reference = figures(given);
    var differences = new LinkedHashMap<String, Object>();
    for (var name : COMPARED) {
      if (all.get(name) instanceof Number value && reference.get(name) instanceof Number other) {
        differences.put(name, rounded(value.doubleValue() - other.doubleValue()));
      }
    }
    all.put("vs_given", differences);
    return all;
  }

  private static Map<String, Object> figures(Kpis kpis) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("makespan_hours", rounded(kpis.makespanHours()));
    figures.put("utilization_percent", rounded(100 * kpis.utilization()));
    figures.put("changeover_count", kpis.of(Kind.CHANGEOVER).count());
    figures.put("avg_lot_duration", rounded(kpis.averageLotHours()));
    figures.put("fill_hours", hours(kpis.of(Kind.FILL)));
    figures.put("changeover_hours", hours(kpis.of(Kind.CHANGEOVER)));
    figures.put("clean_count", kpis.of(Kind.CLEAN).count());
    figures.put("clean_hours", hours(kpis.of(Kind.CLEAN)));
    figures.put("lower_bound_hours", rounded(kpis.lowerBoundHours()));
    figures.put("gap_percent", rounded(100 * kpis.gap()));
    figures.put("optimal", kpis.optimal());
    return figures;
  }

  private static double hours(Kpis.Total total) {
    return rounded(Micros.toHours(total.time()));
  }

  /** To a millionth; what is finer is not meant by anybody. */
  static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }
}
