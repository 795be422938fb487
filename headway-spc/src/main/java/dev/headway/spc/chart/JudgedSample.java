package dev.headway.spc.chart;

import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Zone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sample and what its chart said of it when it was taken in.
 *
 * @param sample the sample
 * @param value the statistic plotted on the main chart
 * @param spread the statistic plotted on the chart of the spread, or null where there is none
 * @param zone where the value lay; null when there were no limits, or with a sigma of 0
 * @param inControl whether no rule held at it
 * @param violationIds the violations that it is part of, ascending
 */
public record JudgedSample(
    Sample sample,
    double value,
    @Nullable Double spread,
    @Nullable Zone zone,
    boolean inControl,
    List<Long> violationIds) {
  /** Takes a copy of the ids. */
  public JudgedSample {
    violationIds = List.copyOf(violationIds);
  }

  /** A sample as its chart has just judged it. */
  public static JudgedSample of(Sample sample, Verdict verdict, List<Long> violationIds) {
    return new JudgedSample(
        sample,
        verdict.value(),
        verdict.spread(),
        verdict.zone(),
        verdict.inControl(),
        violationIds);
  }
}
