package dev.headway.spc.capability;

import dev.headway.spc.model.Specification;
import org.jspecify.annotations.Nullable;

/**
 * How well a process that is in control fits its specification.
 *
 * <p>Cp = (USL - LSL) / 6σ and Cpk = min((USL - mean) / 3σ, (mean - LSL) / 3σ) with σ estimated
 * within samples; Pp and Ppk likewise with the standard deviation of all measurements. A
 * specification with one limit has no Cp and Pp, and a Cpk and Ppk to that limit only. Sources:
 * NIST/SEMATECH e-Handbook of Statistical Methods, 6.1.6; AIAG, Statistical Process Control, 2nd
 * ed. (2005), chapter IV.
 *
 * @param basis what is known of the process that was judged
 * @param cp potential capability; null unless both limits are given
 * @param cpk capability; null without limits
 * @param pp potential performance; null unless both limits are given
 * @param ppk performance; null without limits
 * @param remark why indices are missing, for a person, or null when none is
 */
public record Capability(
    Basis basis,
    @Nullable Double cp,
    @Nullable Double cpk,
    @Nullable Double pp,
    @Nullable Double ppk,
    @Nullable String remark) {

  /**
   * The basis of an index.
   *
   * @param samples how many samples it is known from
   * @param mean of all measurements
   * @param sigmaWithin the standard deviation within samples, free of drift between them
   * @param sigmaOverall the standard deviation of all measurements
   */
  public record Basis(int samples, double mean, double sigmaWithin, double sigmaOverall) {}

  private record Indices(@Nullable Double potential, @Nullable Double actual) {}

  /** Judges a process against a specification; an index whose σ is 0 is missing. */
  public static Capability of(Basis basis, Specification specification) {
    var within = indices(basis.mean(), basis.sigmaWithin(), specification);
    var overall = indices(basis.mean(), basis.sigmaOverall(), specification);
    return new Capability(
        basis,
        within.potential(),
        within.actual(),
        overall.potential(),
        overall.actual(),
        remark(basis, specification));
  }

  private static Indices indices(double mean, double sigma, Specification specification) {
    var usl = specification.usl();
    var lsl = specification.lsl();
    if (!(sigma > 0)) {
      return new Indices(null, null);
    }
    if (usl != null && lsl != null) {
      var nearest = Math.min(usl - mean, mean - lsl);
      return new Indices((usl - lsl) / (6 * sigma), nearest / (3 * sigma));
    }
    if (usl != null) {
      return new Indices(null, (usl - mean) / (3 * sigma));
    }
    return new Indices(null, lsl == null ? null : (Double) ((mean - lsl) / (3 * sigma)));
  }

  private static @Nullable String remark(Basis basis, Specification specification) {
    if (specification.usl() == null && specification.lsl() == null) {
      return "No specification limits; set usl or lsl";
    }
    if (basis.samples() < 2 || !(basis.sigmaOverall() > 0)) {
      return "Sigma is 0: the indices need measurements that differ";
    }
    if (!(basis.sigmaWithin() > 0)) {
      return "Sigma within samples is 0: Cp and Cpk need samples whose measurements differ";
    }
    return specification.usl() == null || specification.lsl() == null
        ? "Cp and Pp need both usl and lsl"
        : null;
  }
}
