package dev.headway.spc.store;

import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Side;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored in one transaction when samples are taken in.
 *
 * @param samples the samples, in the order of their numbers
 * @param begun violations that began
 * @param grown violations that went on
 * @param step how far an import has come with them, or null when they are of none
 */
public record SampleBatch(
    List<JudgedSample> samples,
    List<NewViolation> begun,
    List<GrownViolation> grown,
    ImportStore.@Nullable Step step) {

  /**
   * A pattern's form.
   *
   * @param statistic the chart that it is on
   * @param rule the rule that found it
   * @param side its direction
   */
  public record PatternKey(PlottedStatistic statistic, RuleId rule, Side side) {}

  /**
   * A violation that began.
   *
   * @param characteristicId whose chart
   * @param form the pattern
   * @param severity as the rule is set
   * @param sampleId the sample at which the rule first held
   * @param lastSampleId the newest sample at which it held
   * @param members the samples that make it up
   * @param at when the sample {@code sampleId} was taken
   */
  public record NewViolation(
      long characteristicId,
      PatternKey form,
      Severity severity,
      long sampleId,
      long lastSampleId,
      List<Long> members,
      Instant at) {}

  /**
   * A violation that went on.
   *
   * @param violationId the violation
   * @param lastSampleId the newest sample at which its rule held
   * @param gained the samples that it gained
   */
  public record GrownViolation(long violationId, long lastSampleId, List<Long> gained) {}
}
