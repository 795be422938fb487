package dev.headway.bench.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * What one run has shown.
 *
 * @param rows one for each case that was measured
 */
public record Report(List<Row> rows) {
  /**
   * One case.
   *
   * @param label what distinguishes it, such as "1,000 watchers, 8 in flight"
   * @param figures what was measured
   */
  public record Row(String label, List<Figure> figures) {
    /** Takes a copy. */
    public Row {
      figures = List.copyOf(figures);
    }
  }

  /**
   * One number.
   *
   * @param name what it is
   * @param unit of the value, such as "ms"; empty for a bare number
   * @param value itself
   */
  public record Figure(String name, String unit, double value) {}

  /** Takes a copy. */
  public Report {
    rows = List.copyOf(rows);
  }

  /** A report of one case. */
  public static Report of(String label, Figure... figures) {
    return new Report(List.of(new Row(label, List.of(figures))));
  }

  /** This report followed by another. */
  public Report and(Report next) {
    var all = new ArrayList<>(rows);
    all.addAll(next.rows);
    return new Report(all);
  }
}
