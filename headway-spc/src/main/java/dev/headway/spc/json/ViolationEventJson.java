package dev.headway.spc.json;

import dev.headway.spc.model.Violation;

/**
 * A violation as a frame tells of its beginning.
 *
 * @param violationId its number
 * @param characteristicId whose chart
 * @param sampleId the sample at which the rule first held
 * @param ruleId the rule's number
 * @param ruleName its name
 * @param severity of the violation
 */
public record ViolationEventJson(
    long violationId,
    long characteristicId,
    long sampleId,
    int ruleId,
    String ruleName,
    String severity) {
  /** The beginning of a violation. */
  public static ViolationEventJson of(Violation violation) {
    return new ViolationEventJson(
        violation.id(),
        violation.characteristicId(),
        violation.sampleId(),
        violation.rule().number(),
        violation.rule().title(),
        violation.severity().name());
  }
}
