package dev.headway.spc.json;

import dev.headway.spc.capability.Distribution;
import dev.headway.spc.capability.NormalityTest;
import dev.headway.spc.live.SeriesStudies.ProcessCapability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a process fits its specification.
 *
 * @param characteristicId whose process
 * @param cp potential capability
 * @param cpk capability
 * @param pp potential performance
 * @param ppk performance
 * @param samples the samples it is known from
 * @param mean of all measurements
 * @param sigmaWithin the standard deviation within samples
 * @param sigmaOverall the standard deviation of all measurements
 * @param remark why indices are missing
 * @param distribution how the measurements are distributed
 */
public record CapabilityJson(
    long characteristicId,
    @Nullable Double cp,
    @Nullable Double cpk,
    @Nullable Double pp,
    @Nullable Double ppk,
    int samples,
    double mean,
    double sigmaWithin,
    double sigmaOverall,
    @Nullable String remark,
    DistributionJson distribution) {
  /**
   * The distribution of measurements.
   *
   * @param measurements how many there are
   * @param bins a histogram, ascending without gaps
   * @param belowLsl how many lie below the lower specification limit
   * @param aboveUsl how many lie above the upper specification limit
   * @param normality the Anderson-Darling test; null for too few or equal measurements
   */
  public record DistributionJson(
      long measurements,
      List<Distribution.Bin> bins,
      @Nullable Long belowLsl,
      @Nullable Long aboveUsl,
      @Nullable NormalityJson normality) {
    private static DistributionJson of(Distribution found) {
      return new DistributionJson(
          found.measurements(),
          found.bins(),
          found.belowLsl(),
          found.aboveUsl(),
          NormalityJson.of(found.normality()));
    }
  }

  /**
   * The Anderson-Darling test.
   *
   * @param statistic adjusted for the number of measurements
   * @param pValue how probable one as large is for normal measurements
   */
  public record NormalityJson(double statistic, double pValue) {
    private static @Nullable NormalityJson of(@Nullable NormalityTest test) {
      return test == null ? null : new NormalityJson(test.statistic(), test.probability());
    }
  }

  /** The indices of a characteristic. */
  public static CapabilityJson of(long id, ProcessCapability found) {
    var capability = found.capability();
    var basis = capability.basis();
    return new CapabilityJson(
        id,
        capability.cp(),
        capability.cpk(),
        capability.pp(),
        capability.ppk(),
        basis.samples(),
        basis.mean(),
        basis.sigmaWithin(),
        basis.sigmaOverall(),
        capability.remark(),
        DistributionJson.of(found.distribution()));
  }
}
