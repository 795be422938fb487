package dev.headway.spc.limits;

import dev.headway.spc.model.ChartKind;
import org.jspecify.annotations.Nullable;

/** The limits in force for a characteristic. */
public sealed interface ControlLimits permits EstimatedLimits, ManualLimits {

  /** The kind of chart that the limits are for. */
  ChartKind kind();

  /** How they came about. */
  LimitMethod method();

  /** The samples they were estimated from; 0 for limits set by hand. */
  int sampleCount();

  /** The standard deviation of one measurement, item or unit that they stand for. */
  double sigma();

  /** The main chart's lines for a point whose sample has the given size. */
  Lines lines(double size);

  /**
   * The lines of the chart of the spread for a point whose sample has the given size; null where
   * there is no such chart or point: for attributes, and for a subgroup of one.
   */
  @Nullable Lines dispersionLines(double size);
}
