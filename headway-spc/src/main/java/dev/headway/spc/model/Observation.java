package dev.headway.spc.model;

/** The observation of one sample: measurements, or a count of attributes. */
public sealed interface Observation permits Subgroup, AttributeCount {

  /** The value that the main chart of {@code kind} plots for this observation. */
  double plotted(ChartKind kind);

  /** The sample size that the chart's limits depend on: measurements, items or units inspected. */
  double size();
}
