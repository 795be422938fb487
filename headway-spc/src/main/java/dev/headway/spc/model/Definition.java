package dev.headway.spc.model;

/**
 * The definition of a characteristic: a property that is measured or counted again and again.
 *
 * @param name a short name, unique in the installation
 * @param description what is measured, and where; may be empty
 * @param kind the chart it is kept on
 * @param subgroupSize measurements per sample, 1 to 25; 1 for attributes
 * @param varyingSize whether smaller subgroups, down to a single measurement, are accepted too
 * @param specification what the customer demands
 */
public record Definition(
    String name,
    String description,
    ChartKind kind,
    int subgroupSize,
    boolean varyingSize,
    Specification specification) {

  /** Checks that kind and subgroup size go together. */
  public Definition {
    if (!sizeFits(kind, subgroupSize)) {
      throw new IllegalArgumentException(
          "A subgroup size of " + subgroupSize + " does not go with a chart of kind " + kind);
    }
  }

  /** Whether samples of a chart of this kind may have {@code subgroupSize} measurements. */
  public static boolean sizeFits(ChartKind kind, int subgroupSize) {
    return kind.plotsMeans()
        ? subgroupSize >= 2 && subgroupSize <= Subgroup.MAX_SIZE
        : subgroupSize == 1;
  }
}
