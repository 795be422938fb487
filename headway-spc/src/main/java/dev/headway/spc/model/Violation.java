package dev.headway.spc.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that a rule found, for as long as it went on.
 *
 * @param id its number, from 1
 * @param characteristicId whose chart
 * @param statistic which of the characteristic's charts
 * @param rule the rule
 * @param severity as the rule was set when the pattern began
 * @param side the pattern's direction
 * @param sampleId the sample at which the rule first held
 * @param lastSampleId the newest sample at which it held
 * @param sampleCount how many samples make up the pattern
 * @param at when the sample {@code sampleId} was taken
 * @param acknowledgment a person's answer, or null while there is none
 */
public record Violation(
    long id,
    long characteristicId,
    PlottedStatistic statistic,
    RuleId rule,
    Severity severity,
    Side side,
    long sampleId,
    long lastSampleId,
    int sampleCount,
    Instant at,
    @Nullable Acknowledgment acknowledgment) {

  /** Whether somebody has answered. */
  public boolean acknowledged() {
    return acknowledgment != null;
  }

  /** The same violation after it went on up to a sample and gained some. */
  public Violation grown(long newLastSampleId, int gained) {
    return new Violation(
        id,
        characteristicId,
        statistic,
        rule,
        severity,
        side,
        sampleId,
        newLastSampleId,
        sampleCount + gained,
        at,
        acknowledgment);
  }
}
