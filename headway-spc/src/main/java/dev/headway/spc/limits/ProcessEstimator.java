package dev.headway.spc.limits;

import dev.headway.spc.constants.ChartConstants;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Subgroup;
import java.util.ArrayList;
import java.util.List;

/**
 * Estimates a process's centre and within-sample standard deviation from its samples, in the order
 * they were taken, in constant memory. Not thread-safe.
 *
 * <p>The centre is the mean of all measurements, items or units. Sigma of subgroups is the mean of
 * R/d2(n), or of s/c4(n), over the subgroups of two or more: for equal sizes that is the mean range
 * over d2, for varying ones the unweighted estimate that SAS/QC uses by default (SHEWHART
 * procedure, XRCHART and XSCHART, "Methods for Estimating the Standard Deviation"). Sigma of
 * individual values is their mean moving range over d2(2). Sigma of Laney's charts is that of the
 * distribution times the mean moving range of z over d2(2); their counts are kept.
 */
public final class ProcessEstimator {
  private final ChartKind kind;
  private int samples;
  private double weight;
  private double mean;
  private int spreads;
  private double meanSpread;
  private double previous;

  /* What z needs, which follows from the mean of all samples. */
  private final List<AttributeCount> counts = new ArrayList<>();

  /** An estimator without samples for a chart of this kind. */
  public ProcessEstimator(ChartKind kind) {
    this.kind = kind;
  }

  /**
   * Takes in the next sample.
   *
   * @throws IllegalArgumentException if it is not an observation for this kind of chart
   */
  public void add(Observation observation) {
    switch (observation) {
      case Subgroup subgroup -> addSubgroup(subgroup);
      case AttributeCount count -> {
        addMean(rate(count), units(count));
        if (kind.isPrime()) {
          counts.add(count);
        }
      }
    }
    samples++;
  }

  private double rate(AttributeCount count) {
    return kind == ChartKind.NP ? count.count() / count.size() : count.plotted(kind);
  }

  /** The weight of a rate: c counts one inspection unit per sample. */
  private double units(AttributeCount count) {
    return switch (kind) {
      case P, U, NP, P_PRIME, U_PRIME -> count.size();
      case C, INDIVIDUALS, XBAR_R, XBAR_S, MEDIAN_R -> 1;
    };
  }

  private void addSubgroup(Subgroup subgroup) {
    var value = subgroup.plotted(kind);
    if (kind == ChartKind.INDIVIDUALS) {
      if (samples > 0) {
        addSpread(Math.abs(value - previous) / ChartConstants.of(2).d2());
      }
      previous = value;
    } else if (subgroup.count() > 1) {
      addSpread(unbiasedSpread(subgroup));
    }
    addMean(value, subgroup.size());
  }

  private double unbiasedSpread(Subgroup subgroup) {
    var constants = ChartConstants.of(subgroup.count());
    return kind == ChartKind.XBAR_R || kind == ChartKind.MEDIAN_R
        ? subgroup.range() / constants.d2()
        : subgroup.standardDeviation() / constants.c4();
  }

  private void addMean(double value, double valueWeight) {
    weight += valueWeight;
    mean += (value - mean) * (valueWeight / weight);
  }

  private void addSpread(double spread) {
    spreads++;
    meanSpread += (spread - meanSpread) / spreads;
  }

  /** Whether there is enough to estimate from: one sample of attributes, one spread otherwise. */
  public boolean sufficient() {
    return kind.countsAttributes() ? samples > (kind.isPrime() ? 1 : 0) : spreads > 0;
  }

  /**
   * The limits that follow from the samples so far.
   *
   * @throws IllegalStateException unless {@link #sufficient}
   */
  public EstimatedLimits limits() {
    if (!sufficient()) {
      throw new IllegalStateException("Too few samples for an estimate: " + samples);
    }
    return new EstimatedLimits(kind, mean, sigma(), samples);
  }

  private double sigma() {
    return switch (kind) {
      case INDIVIDUALS, XBAR_R, XBAR_S, MEDIAN_R -> meanSpread;
      // Rounding can carry the mean of ones past 1.
      case P, NP -> binomial();
      case C, U -> Math.sqrt(mean);
      case P_PRIME -> binomial() * sigmaZ(binomial());
      case U_PRIME -> Math.sqrt(mean) * sigmaZ(Math.sqrt(mean));
    };
  }

  private double binomial() {
    return Math.sqrt(Math.max(0, mean * (1 - mean)));
  }

  /** The mean moving range of z over d2(2); 1 for samples that vary as theory says. */
  private double sigmaZ(double sigma) {
    if (sigma == 0) {
      return 0;
    }
    var total = 0.0;
    var before = Double.NaN;
    for (var count : counts) {
      var z = (rate(count) - mean) / (sigma / Math.sqrt(count.size()));
      total += Double.isNaN(before) ? 0 : Math.abs(z - before);
      before = z;
    }
    return total / (counts.size() - 1) / ChartConstants.of(2).d2();
  }
}
