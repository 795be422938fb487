package dev.headway.spc.limits;

import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.Subgroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Estimates control limits from samples.
 *
 * <p>Points beyond the limits can be left out and the limits estimated anew until no point is
 * beyond them: the trial limits of phase I, Montgomery (2013) 6.2.2. A subgroup is beyond them,
 * too, when its spread is. A left-out sample counts as never taken, so that a moving range spans
 * the gap.
 *
 * @param kind the chart's kind
 * @param minSamples fewer samples are refused; {@link #CUSTOMARY_SAMPLES} unless a person asked for
 *     fewer
 * @param excludeBeyond whether to leave points beyond the limits out
 */
public record LimitEstimation(ChartKind kind, int minSamples, boolean excludeBeyond) {
  /** How many samples limits rest on by custom. */
  public static final int CUSTOMARY_SAMPLES = 25;

  /** The outcome of an estimation. */
  public sealed interface Result {}

  /**
   * Limits were found.
   *
   * @param limits the limits; {@link EstimatedLimits#degenerate} if all samples were equal
   * @param leftOut the indices of the samples left out, ascending
   */
  public record Estimated(EstimatedLimits limits, List<Integer> leftOut) implements Result {}

  /**
   * No limits follow from the samples.
   *
   * @param reason why, and what to do, for a person
   */
  public record Insufficient(String reason) implements Result {}

  /** The estimation that is made unless asked otherwise. */
  public static LimitEstimation customary(ChartKind kind) {
    return new LimitEstimation(kind, CUSTOMARY_SAMPLES, false);
  }

  /** Estimates limits from observations that fit the kind, in the order they were taken. */
  public Result estimate(List<? extends Observation> observations) {
    if (observations.size() < minSamples) {
      return new Insufficient(
          "%d samples are too few: limits need at least %d"
              .formatted(observations.size(), minSamples));
    }
    var kept = indices(observations.size());
    var limits = limitsOf(observations, kept);
    var settled = !excludeBeyond;
    while (limits instanceof Estimated found && !settled) {
      var within = within(found.limits(), observations, kept);
      settled = within.size() == kept.size();
      if (!settled) {
        kept = within;
        limits = limitsOf(observations, kept);
      }
    }
    return limits;
  }

  private static List<Integer> indices(int count) {
    var indices = new ArrayList<Integer>(count);
    for (var index = 0; index < count; index++) {
      indices.add(index);
    }
    return indices;
  }

  private Result limitsOf(List<? extends Observation> observations, List<Integer> kept) {
    var estimator = new ProcessEstimator(kind);
    kept.forEach(index -> estimator.add(observations.get(index)));
    if (!estimator.sufficient()) {
      return new Insufficient(
          "%d of %d samples remain, too few to estimate from"
              .formatted(kept.size(), observations.size()));
    }
    var leftOut = indices(observations.size());
    leftOut.removeAll(new HashSet<>(kept));
    return new Estimated(estimator.limits(), List.copyOf(leftOut));
  }

  private static List<Integer> within(
      EstimatedLimits limits, List<? extends Observation> observations, List<Integer> candidates) {
    if (limits.degenerate()) {
      return candidates;
    }
    return candidates.stream().filter(index -> within(limits, observations.get(index))).toList();
  }

  private static boolean within(EstimatedLimits limits, Observation observation) {
    var size = observation.size();
    var lines = limits.lines(size);
    var within = Math.abs(lines.z(observation.plotted(limits.kind()))) <= 3;
    if (limits.kind().plotsMeans() && observation instanceof Subgroup subgroup) {
      var spread = limits.dispersionLines(size);
      return within && (spread == null || Math.abs(spread.z(spread(limits.kind(), subgroup))) <= 3);
    }
    return within;
  }

  private static double spread(ChartKind kind, Subgroup subgroup) {
    return kind.dispersion() == PlottedStatistic.RANGE
        ? subgroup.range()
        : subgroup.standardDeviation();
  }
}
