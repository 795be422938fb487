package dev.headway.spc.json;

import dev.headway.spc.capability.Capability;
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
    @Nullable String remark) {
  /** The indices of a characteristic. */
  public static CapabilityJson of(long id, Capability capability) {
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
        capability.remark());
  }
}
