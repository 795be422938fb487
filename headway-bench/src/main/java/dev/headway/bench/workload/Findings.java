package dev.headway.bench.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * The figures of one run.
 *
 * @param rows one for each case that was measured
 */
public record Findings(List<Row> rows) {
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
  public Findings {
    rows = List.copyOf(rows);
  }

  /** A report of one case. */
  public static Findings of(String label, Figure... figures) {
    return new Findings(List.of(new Row(label, List.of(figures))));
  }

  /** This report followed by another. */
  public Findings and(Findings next) {
    var all = new ArrayList<>(rows);
    all.addAll(next.rows);
    return new Findings(all);
  }
}
