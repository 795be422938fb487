package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.limits.ManualLimits;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Subgroup;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Control limits as a person sends them, not yet checked.
 *
 * @param lcl the lower control limit
 * @param centerLine the centre line
 * @param ucl the upper control limit
 */
public record LimitsDraft(@Nullable Double lcl, @Nullable Double centerLine, @Nullable Double ucl) {

  /**
   * The limits for a characteristic's main chart.
   *
   * @throws HeadwayException VALIDATION_ERROR with everything that is wrong with them
   */
  public ManualLimits limits(Definition definition) {
    var defects = new ArrayList<Defect>();
    checkNumber("lcl", lcl, defects);
    checkNumber("center_line", centerLine, defects);
    checkNumber("ucl", ucl, defects);
    if (lcl == null || centerLine == null || ucl == null || !defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    if (!(lcl < centerLine)) {
      defects.add(
          Defect.ofField("lcl", "%s must be below the centre %s".formatted(lcl, centerLine)));
    }
    if (!(centerLine < ucl)) {
      defects.add(
          Defect.ofField("ucl", "%s must be above the centre %s".formatted(ucl, centerLine)));
    }
    if (definition.kind().location().nonNegative() && lcl < 0) {
      defects.add(Defect.ofField("lcl", lcl + " must not be below 0 for counts"));
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return new ManualLimits(definition.kind(), lcl, centerLine, ucl, definition.subgroupSize());
  }

  private static void checkNumber(String field, @Nullable Double value, ArrayList<Defect> defects) {
    if (value == null) {
      defects.add(Defect.ofField(field, "a number is required"));
    } else if (!Subgroup.measurable(value)) {
      defects.add(Defect.ofField(field, value + " must be a finite number"));
    }
  }
}
