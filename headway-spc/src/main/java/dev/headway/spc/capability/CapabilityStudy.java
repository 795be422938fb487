package dev.headway.spc.capability;

import dev.headway.spc.limits.ProcessEstimator;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Specification;
import dev.headway.spc.model.Subgroup;

/**
 * Gathers what capability indices rest on, in constant memory. Samples go in in the order they were
 * taken. Not thread-safe.
 *
 * <p>The overall variance is accumulated after B. P. Welford, Technometrics 4 (1962) 419-420, which
 * loses no digits to cancellation.
 */
public final class CapabilityStudy {
  private final ProcessEstimator within;
  private int samples;
  private long measurements;
  private double mean;
  private double squares;
  private final Tally tally = new Tally();

  /**
   * A study without samples.
   *
   * @throws IllegalArgumentException for a chart of attributes: counts have no specification
   */
  public CapabilityStudy(ChartKind kind) {
    if (kind.countsAttributes()) {
      throw new IllegalArgumentException("A chart of kind " + kind + " has no capability indices");
    }
    this.within = new ProcessEstimator(kind);
  }

  /** Takes in the next sample. */
  public void add(Subgroup subgroup) {
    within.add(subgroup);
    samples++;
    for (var index = 0; index < subgroup.count(); index++) {
      var measurement = subgroup.measurement(index);
      measurements++;
      tally.add(measurement);
      var deviation = measurement - mean;
      mean += deviation / measurements;
      squares += deviation * (measurement - mean);
    }
  }

  /** The indices for a specification, from the samples so far. */
  public Capability against(Specification specification) {
    var sigmaWithin = within.sufficient() ? within.limits().sigma() : 0;
    var basis = new Capability.Basis(samples, mean, sigmaWithin, sigmaOverall());
    return Capability.of(basis, specification);
  }

  /** How the measurements so far are distributed. */
  public Distribution distribution(Specification specification) {
    return Distribution.of(tally, mean, sigmaOverall(), specification);
  }

  private double sigmaOverall() {
    return measurements > 1 ? Math.sqrt(squares / (measurements - 1)) : 0;
  }
}
