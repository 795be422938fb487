package dev.headway.spc.chart;

import dev.headway.spc.model.Zone;
import dev.headway.spc.rules.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chart says of a sample.
 *
 * @param value the statistic plotted on the main chart
 * @param spread the statistic plotted on the chart of the spread, or null where there is none
 * @param zone where the value lies on the main chart; null without limits, or with a sigma of 0
 * @param signals a signal for each rule that holds at the sample, on either chart
 */
public record Verdict(
    double value, @Nullable Double spread, @Nullable Zone zone, List<Signal> signals) {

  /** Whether no rule holds at the sample. */
  public boolean inControl() {
    return signals.isEmpty();
  }
}
