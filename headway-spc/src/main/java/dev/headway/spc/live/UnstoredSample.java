package dev.headway.spc.live;

import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.chart.Verdict;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Violation;
import dev.headway.spc.rules.Signal;
import java.util.List;

/**
 * A sample that has been judged and is not stored yet.
 *
 * @param sample the sample
 * @param stageId the stage that it lies in
 * @param verdict the judgment of its chart
 * @param held the patterns that hold at it
 */
record UnstoredSample(Sample sample, long stageId, Verdict verdict, List<HeldPattern> held) {
  /**
   * A pattern that holds at a sample.
   *
   * @param pattern the pattern
   * @param signal the rule's signal at the sample
   * @param begins whether no violation stood for it before
   */
  record HeldPattern(StandingPattern pattern, Signal signal, boolean begins) {
    /** The violation as it is when it begins, once it has been stored. */
    Violation violation(Sample sample) {
      return pattern.beginning(sample, signal.sampleIds().size());
    }
  }

  /** The sample with its violations, once they have been stored. */
  JudgedSample judged() {
    return new JudgedSample(
        sample,
        stageId,
        verdict.main(),
        verdict.spread(),
        verdict.inControl(),
        held.stream().map(each -> each.pattern().violationId()).sorted().toList());
  }
}
