package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.chart.Baseline;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.limits.EstimatedLimits;
import dev.headway.spc.limits.ManualLimits;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Subgroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Control limits as a person sends them, not yet checked: {@code lcl}, {@code center_line} and
 * {@code ucl} of the main chart, or the known mean and sigma of the process.
 *
 * @param lcl the lower control limit
 * @param centerLine the centre line, or the known mean
 * @param ucl the upper control limit
 * @param sigma the known standard deviation of one measurement; attributes have none of their own
 */
public record LimitsDraft(
    @Nullable Double lcl,
    @Nullable Double centerLine,
    @Nullable Double ucl,
    @Nullable Double sigma) {
  /** The known process that the limits stand for; null for limits set by hand. */
  public @Nullable Baseline baseline() {
    return centerLine != null && lcl == null && ucl == null
        ? new Baseline.Known(centerLine, sigma)
        : null;
  }

  /**
   * The limits for a characteristic's main chart.
   *
   * @param size the sample size that limits set by hand are for
   * @throws HeadwayException VALIDATION_ERROR with everything that is wrong with them
   */
  public ControlLimits limits(Definition definition, double size) {
    var defects = new ArrayList<Defect>();
    var known = lcl == null && ucl == null && (sigma != null || countsAttributes(definition));
    ControlLimits limits =
        known ? known(definition.kind(), defects) : manual(definition.kind(), size, defects);
    if (limits == null) {
      throw HeadwayException.invalid(defects);
    }
    return limits;
  }

  private static boolean countsAttributes(Definition definition) {
    return definition.kind().countsAttributes();
  }

  private @Nullable ControlLimits known(ChartKind kind, List<Defect> defects) {
    checkNumber("center_line", centerLine, defects);
    if (kind.countsAttributes()) {
      return knownRate(kind, defects);
    }
    checkNumber("sigma", sigma, defects);
    if (sigma != null && !(sigma > 0)) {
      defects.add(Defect.ofField("sigma", sigma + " must be above 0"));
    }
    return centerLine == null || sigma == null || !defects.isEmpty()
        ? null
        : EstimatedLimits.known(kind, centerLine, sigma);
  }

  private @Nullable ControlLimits knownRate(ChartKind kind, List<Defect> defects) {
    var binomial = kind.countsItems();
    if (sigma != null) {
      defects.add(Defect.ofField("sigma", "follows from the centre line of counts; leave it out"));
    }
    if (centerLine != null && (centerLine <= 0 || (binomial && centerLine >= 1))) {
      var range = binomial ? "between 0 and 1, the fraction nonconforming" : "above 0";
      defects.add(Defect.ofField("center_line", centerLine + " must be " + range));
    }
    if (centerLine == null || !defects.isEmpty()) {
      return null;
    }
    var variance = binomial ? centerLine * (1 - centerLine) : centerLine;
    return EstimatedLimits.known(kind, centerLine, Math.sqrt(variance));
  }

  private @Nullable ControlLimits manual(ChartKind kind, double size, List<Defect> defects) {
    checkNumber("lcl", lcl, defects);
    checkNumber("center_line", centerLine, defects);
    checkNumber("ucl", ucl, defects);
    if (sigma != null) {
      defects.add(Defect.ofField("sigma", "goes with center_line alone; leave lcl and ucl out"));
    }
    if (lcl == null || centerLine == null || ucl == null || !defects.isEmpty()) {
      return null;
    }
    checkOrder(lcl, centerLine, ucl, defects);
    if (kind.location().nonNegative() && lcl < 0) {
      defects.add(Defect.ofField("lcl", lcl + " must not be below 0 for counts"));
    }
    return defects.isEmpty() ? new ManualLimits(kind, lcl, centerLine, ucl, size) : null;
  }

  private static void checkOrder(double lower, double center, double upper, List<Defect> defects) {
    if (!(lower < center)) {
      defects.add(Defect.ofField("lcl", "%s must be below the centre %s".formatted(lower, center)));
    }
    if (!(center < upper)) {
      defects.add(Defect.ofField("ucl", "%s must be above the centre %s".formatted(upper, center)));
    }
  }

  private static void checkNumber(String field, @Nullable Double value, List<Defect> defects) {
    if (value == null) {
      defects.add(Defect.ofField(field, "a number is required"));
    } else if (!Subgroup.measurable(value)) {
      defects.add(Defect.ofField(field, value + " must be a finite number"));
    }
  }
}
