package dev.headway.spc.chart;

import dev.headway.spc.chart.JudgedSample.Point;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.limits.Lines;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.rules.ChartPoint;
import dev.headway.spc.rules.RuleEngine;
import dev.headway.spc.rules.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chart of one stage as its samples come: its main chart and, for variables, that of the
 * spread.
 *
 * <p>A chart is made for its limits and rules as they are; when they change, or after a restart, a
 * new one is made and given the last {@link #depth} included samples. Excluded samples are never
 * given to it. Without limits, or with a sigma of 0, it judges nothing. Not thread-safe.
 */
public final class ControlChart {
  private final ChartKind kind;
  private final @Nullable ControlLimits limits;
  private final RuleEngine location;
  private final @Nullable RuleEngine dispersion;
  private @Nullable Observation previous;

  /** A chart that has seen no sample; {@code limits} may still be missing. */
  public ControlChart(ChartKind kind, @Nullable ControlLimits limits, ChartRules rules) {
    this.kind = kind;
    this.limits = limits;
    this.location = new RuleEngine(kind.location(), rules.location());
    var spread = kind.dispersion();
    this.dispersion = spread == null ? null : new RuleEngine(spread, rules.dispersion());
  }

  /** The chart of a stage before its first sample. */
  public static ControlChart of(ChartKind kind, Stage stage) {
    return new ControlChart(kind, stage.limits(), stage.rules());
  }

  /** How many of the last samples determine what the chart will say of the next. */
  public int depth() {
    // A moving range looks back on one sample more than it has points.
    return Math.max(location.depth(), dispersion == null ? 0 : dispersion.depth() + 1);
  }

  /**
   * Judges the next sample.
   *
   * @throws IllegalArgumentException if the observation does not fit the kind of chart
   */
  public Verdict accept(long sampleId, Observation observation) {
    var main = main(kind, limits, observation);
    var spread = spread(kind, limits, observation, previous);
    previous = observation;
    var signals = new ArrayList<>(judge(location, sampleId, main));
    if (dispersion != null && spread != null) {
      signals.addAll(judge(dispersion, sampleId, spread));
    }
    return new Verdict(main, spread, List.copyOf(signals));
  }

  private static List<Signal> judge(RuleEngine engine, long sampleId, Point point) {
    var lines = point.lines();
    return lines == null || lines.degenerate()
        ? List.of()
        : engine.accept(ChartPoint.of(sampleId, point.value(), lines));
  }

  /** The point of an observation on the main chart of a kind. */
  public static Point main(
      ChartKind kind, @Nullable ControlLimits limits, Observation observation) {
    return new Point(
        observation.plotted(kind), limits == null ? null : limits.lines(observation.size()));
  }

  /**
   * The point of an observation on the chart of the spread.
   *
   * @param previous the included observation before it, or null for the first
   * @return null where there is no such point
   */
  public static @Nullable Point spread(
      ChartKind kind,
      @Nullable ControlLimits limits,
      Observation observation,
      @Nullable Observation previous) {
    var value = spread(kind, observation, previous);
    Lines lines = limits == null ? null : limits.dispersionLines(observation.size());
    return value == null ? null : new Point(value, lines);
  }

  private static @Nullable Double spread(
      ChartKind kind, Observation observation, @Nullable Observation previous) {
    var statistic = kind.dispersion();
    if (statistic == null || !(observation instanceof Subgroup subgroup)) {
      return null;
    }
    if (statistic == PlottedStatistic.MOVING_RANGE) {
      return previous == null
          ? null
          : (Double) Math.abs(observation.plotted(kind) - previous.plotted(kind));
    }
    if (subgroup.count() == 1) {
      return null;
    }
    return statistic == PlottedStatistic.RANGE ? subgroup.range() : subgroup.standardDeviation();
  }
}
