package dev.headway.spc.live;

import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.chart.Verdict;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Violation;
import dev.headway.spc.rules.Signal;
import java.util.List;

/**
 * A sample that has been judged and not yet stored.
 *
 * @param sample the sample
 * @param verdict what the chart says of it
 * @param held the patterns that hold at it
 */
record UnstoredSample(Sample sample, Verdict verdict, List<Held> held) {

  /**
   * A pattern that holds at a sample.
   *
   * @param pattern the pattern
   * @param signal what the rule said
   * @param begins whether no violation stood for it before
   * @param count how many samples it has gained since it was last stored, this one included
   */
  record Held(StandingPattern pattern, Signal signal, boolean begins, int count) {
    /** The violation as it is when it begins, once it has been stored. */
    Violation violation(Sample sample) {
      return new Violation(
          pattern.violationId(),
          sample.characteristicId(),
          signal.statistic(),
          signal.rule(),
          signal.severity(),
          signal.side(),
          sample.id(),
          sample.id(),
          count,
          sample.timestamp(),
          null);
    }
  }

  /** The sample for the store, before its violations have numbers. */
  JudgedSample unnumbered() {
    return JudgedSample.of(sample, verdict, List.of());
  }

  /** The sample with its violations, once they have been stored. */
  JudgedSample judged() {
    return JudgedSample.of(
        sample, verdict, held.stream().map(each -> each.pattern().violationId()).sorted().toList());
  }
}
