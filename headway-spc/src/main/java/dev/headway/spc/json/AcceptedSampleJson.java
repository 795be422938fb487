package dev.headway.spc.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headway.spc.live.Intake.HeldRule;
import dev.headway.spc.live.Intake.StoredSample;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a sample that was sent.
 *
 * @param sampleId its number
 * @param characteristicId what was measured
 * @param timestamp when it was taken
 * @param mean the statistic plotted on the main chart
 * @param range largest less smallest measurement; null for attributes
 * @param zone where the value lies
 * @param inControl whether no rule holds at it; null when it was not judged
 * @param violations a violation for every rule that holds at it
 * @param repeated whether it had been stored before, under the same key
 */
public record AcceptedSampleJson(
    long sampleId,
    long characteristicId,
    Instant timestamp,
    double mean,
    @Nullable Double range,
    @Nullable String zone,
    @Nullable Boolean inControl,
    List<HeldRuleJson> violations,
    boolean repeated) {
  /**
   * A rule that holds at the sample.
   *
   * @param violationId the violation
   * @param ruleId the rule's number
   * @param ruleName its name
   * @param severity of the violation
   * @param chart the statistic that the chart plots
   * @param side the pattern's direction
   * @param begins whether the violation began here; otherwise it went on
   */
  public record HeldRuleJson(
      long violationId,
      int ruleId,
      String ruleName,
      String severity,
      String chart,
      String side,
      @JsonProperty("new") boolean begins) {
    private static HeldRuleJson of(HeldRule held) {
      var key = held.key();
      return new HeldRuleJson(
          held.violationId(),
          key.rule().number(),
          key.rule().title(),
          held.severity().name(),
          key.statistic().wireName(),
          key.side().wireName(),
          held.begins());
    }
  }

  /** A sample that was stored. */
  public static AcceptedSampleJson of(StoredSample stored) {
    var judged = stored.judged();
    var sample = judged.sample();
    return new AcceptedSampleJson(
        sample.id(),
        sample.characteristicId(),
        sample.timestamp(),
        judged.value(),
        SampleJson.range(sample.observation()),
        SampleJson.name(judged.zone()),
        judged.inControl(),
        stored.violations().stream().map(HeldRuleJson::of).toList(),
        stored.repeated());
  }
}
