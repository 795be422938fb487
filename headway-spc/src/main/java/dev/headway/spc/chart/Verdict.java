package dev.headway.spc.chart;

import dev.headway.spc.chart.JudgedSample.Point;
import dev.headway.spc.model.Zone;
import dev.headway.spc.rules.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judgment of one sample.
 *
 * @param main its point on the main chart
 * @param spread its point on the chart of the spread, or null where there is none
 * @param signals a signal for each rule that holds at the sample, on either chart
 */
public record Verdict(Point main, @Nullable Point spread, List<Signal> signals) {
  /** Where the value lies on the main chart; null when it cannot be judged. */
  public @Nullable Zone zone() {
    return main.zone();
  }

  /** Whether no rule holds at the sample; null when it cannot be judged. */
  public @Nullable Boolean inControl() {
    return main.judged() ? (Boolean) signals.isEmpty() : null;
  }
}
