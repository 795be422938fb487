package dev.headway.spc.shortrun;

import dev.headway.spc.constants.ChartConstants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Z and W chart of individual values of parts of different kinds that are made in turn: z = (x
 * − mean of the part) / sigma, and w = the moving range of z, whatever the part. Sigma is the mean
 * moving range within runs of one part over d2(2), of all parts together or of each by itself.
 *
 * <p>Source: N. R. Farnum, Journal of Quality Technology 24 (1992) 138-144; Minitab, "Methods and
 * formulas for Z-MR Chart", estimating sigma "constant" and "by parts".
 *
 * @param byPart whether each part has a sigma of its own
 */
public record ShortRunChart(boolean byPart) {
  /** The upper limit of z, three standard deviations; the lower one is its negative. */
  public static final double Z_LIMIT = 3;

  /**
   * A value of a part.
   *
   * @param part the kind of part
   * @param value the value
   */
  public record PartValue(String part, double value) {}

  /**
   * A point of the chart.
   *
   * @param part the kind of part
   * @param z the standardized value
   * @param w its moving range; null for the first point
   */
  public record StandardizedPoint(String part, double z, @Nullable Double w) {
    /** Whether z or w lies beyond its limits. */
    public boolean signals() {
      return Math.abs(z) > Z_LIMIT || (w != null && w > rangeLimit());
    }
  }

  /** The upper limit of w: d2(2) + 3 d3(2), 3.686. */
  public static double rangeLimit() {
    var constants = ChartConstants.of(2);
    return constants.d2() + 3 * constants.d3();
  }

  /** The centre of w: d2(2), 1.128. */
  public static double rangeCenter() {
    return ChartConstants.of(2).d2();
  }

  /** The sum and number of things that have a mean. */
  private static final class Sum {
    private double total;
    private int count;

    void add(double value) {
      total += value;
      count++;
    }

    double mean() {
      return count == 0 ? 0 : total / count;
    }
  }

  /**
   * The points of a series, in order; none when no sigma above 0 follows from it.
   *
   * @param series values in the order in which they were taken
   */
  public List<StandardizedPoint> of(List<PartValue> series) {
    var means = new HashMap<String, Sum>();
    var ranges = new HashMap<String, Sum>();
    PartValue before = null;
    for (var one : series) {
      means.computeIfAbsent(one.part(), _ -> new Sum()).add(one.value());
      if (before != null && before.part().equals(one.part())) {
        var key = byPart ? one.part() : "";
        ranges.computeIfAbsent(key, _ -> new Sum()).add(Math.abs(one.value() - before.value()));
      }
      before = one;
    }
    return points(series, means, ranges);
  }

  private List<StandardizedPoint> points(
      List<PartValue> series, Map<String, Sum> means, Map<String, Sum> ranges) {
    var points = new ArrayList<StandardizedPoint>(series.size());
    var none = new Sum();
    for (var one : series) {
      var sigma =
          ranges.getOrDefault(byPart ? one.part() : "", none).mean() / ChartConstants.of(2).d2();
      if (sigma > 0) {
        var z = (one.value() - means.getOrDefault(one.part(), none).mean()) / sigma;
        var w = points.isEmpty() ? null : (Double) Math.abs(z - points.getLast().z());
        points.add(new StandardizedPoint(one.part(), z, w));
      } else {
        return List.of();
      }
    }
    return points;
  }
}
