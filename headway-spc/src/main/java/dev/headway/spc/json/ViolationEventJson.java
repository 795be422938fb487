package dev.headway.spc.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.headway.spc.model.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A violation as a frame tells of its beginning or withdrawal.
 *
 * @param violationId its number
 * @param characteristicId whose chart
 * @param sampleId the sample at which the rule first held
 * @param ruleId the rule's number
 * @param ruleName its name
 * @param severity of the violation
 * @param chart the statistic that the chart plots
 * @param retrospective whether it was found by judging history, so that it alarms nobody
 * @param withdrawn true when its pattern is no longer there, since history was judged anew
 */
public record ViolationEventJson(
    long violationId,
    long characteristicId,
    long sampleId,
    int ruleId,
    String ruleName,
    String severity,
    String chart,
    boolean retrospective,
    @JsonInclude(Include.NON_NULL) @Nullable Boolean withdrawn) {
  /** The beginning of a violation. */
  public static ViolationEventJson of(Violation violation) {
    return of(violation, null);
  }

  /** The withdrawal of a violation. */
  public static ViolationEventJson withdrawn(Violation violation) {
    return of(violation, true);
  }

  private static ViolationEventJson of(Violation violation, @Nullable Boolean withdrawn) {
    return new ViolationEventJson(
        violation.id(),
        violation.characteristicId(),
        violation.sampleId(),
        violation.rule().number(),
        violation.rule().title(),
        violation.severity().name(),
        violation.statistic().wireName(),
        violation.retrospective(),
        withdrawn);
  }
}
