package dev.headway.spc.chart;

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
 * The live chart of one characteristic: its main chart and, for variables, that of the spread.
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
  private @Nullable Double previous;

  /** A chart that has seen no sample; {@code limits} may still be missing. */
  public ControlChart(ChartKind kind, @Nullable ControlLimits limits, ChartRules rules) {
    this.kind = kind;
    this.limits = limits;
    this.location = new RuleEngine(kind.location(), rules.location());
    var spread = kind.dispersion();
    this.dispersion = spread == null ? null : new RuleEngine(spread, rules.dispersion());
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
    var value = observation.plotted(kind);
    var spread = spread(observation, value);
    previous = value;
    var lines = limits == null ? null : limits.lines(observation.size());
    var spreadLines = limits == null ? null : limits.dispersionLines(observation.size());
    var signals = new ArrayList<>(judge(location, sampleId, value, lines));
    if (dispersion != null && spread != null) {
      signals.addAll(judge(dispersion, sampleId, spread, spreadLines));
    }
    var zone = lines == null || lines.degenerate() ? null : lines.zone(value);
    return new Verdict(value, spread, zone, List.copyOf(signals));
  }

  private static List<Signal> judge(
      RuleEngine engine, long sampleId, double value, @Nullable Lines lines) {
    return lines == null || lines.degenerate()
        ? List.of()
        : engine.accept(ChartPoint.of(sampleId, value, lines));
  }

  private @Nullable Double spread(Observation observation, double value) {
    var statistic = kind.dispersion();
    if (statistic == null || !(observation instanceof Subgroup subgroup)) {
      return null;
    }
    if (statistic == PlottedStatistic.MOVING_RANGE) {
      return previous == null ? null : (Double) Math.abs(value - previous);
    }
    if (subgroup.count() == 1) {
      return null;
    }
    return statistic == PlottedStatistic.RANGE ? subgroup.range() : subgroup.standardDeviation();
  }
}
