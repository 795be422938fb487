package dev.headway.spc.model;

/**
 * A count of nonconforming items, or of nonconformities.
 *
 * @param count how many were found: a whole number from 0
 * @param size the items or units inspected: above 0, whole for items
 */
public record AttributeCount(double count, double size) implements Observation {

  /** Checks that the count is a whole number from 0 and the size finite and above 0. */
  public AttributeCount {
    if (!(count >= 0 && count <= Subgroup.MAX_MAGNITUDE && count == Math.rint(count))) {
      throw new IllegalArgumentException("The count " + count + " must be a whole number from 0");
    }
    if (!(size > 0 && size <= Subgroup.MAX_MAGNITUDE)) {
      throw new IllegalArgumentException("The inspected size " + size + " must be above 0");
    }
  }

  @Override
  public double plotted(ChartKind kind) {
    return switch (kind) {
      case P, U, P_PRIME, U_PRIME -> count / size;
      case NP, C -> count;
      case INDIVIDUALS, XBAR_R, XBAR_S, MEDIAN_R ->
          throw new IllegalArgumentException("A chart of kind " + kind + " plots no counts");
    };
  }
}
