package dev.headway.spc.model;

import org.jspecify.annotations.Nullable;

/**
 * A pattern that a rule found, for as long as it went on or until it was acknowledged.
 *
 * @param id its number, from 1
 * @param characteristicId whose chart
 * @param key the kind of pattern
 * @param severity as the rule was set when the pattern began
 * @param extent the samples that it spans
 * @param retrospective whether it was found by judging history, so that it alarms nobody
 * @param acknowledgment a person's answer, or null while there is none
 * @param closure the cause and the action, or null while it is not closed
 */
public record Violation(
    long id,
    long characteristicId,
    PatternKey key,
    Severity severity,
    Extent extent,
    boolean retrospective,
    @Nullable Acknowledgment acknowledgment,
    @Nullable Closure closure) {
  /**
   * The samples that a pattern spans.
   *
   * @param first the first sample of the pattern
   * @param held the sample at which the rule first held
   * @param last the newest sample at which it held
   * @param count how many samples make up the pattern
   */
  public record Extent(Position first, Position held, Position last, int count) {
    /** The extent after the pattern went on up to a sample and gained some. */
    public Extent grown(Position newLast, int gained) {
      return new Extent(first, held, newLast, count + gained);
    }
  }

  /** The chart of the characteristic that it concerns. */
  public PlottedStatistic statistic() {
    return key.statistic();
  }

  /** The rule. */
  public RuleId rule() {
    return key.rule();
  }

  /** The sample at which the rule first held. */
  public long sampleId() {
    return extent.held().sampleId();
  }

  /** Whether somebody has answered. */
  public boolean acknowledged() {
    return acknowledgment != null;
  }

  /** The same violation with another extent. */
  public Violation with(Extent changed) {
    return new Violation(
        id, characteristicId, key, severity, changed, retrospective, acknowledgment, closure);
  }

  /**
   * Whether an included sample is part of the pattern.
   *
   * @param at the sample's place
   * @param z its distance from the centre line of the violation's chart in standard deviations
   */
  public boolean includes(Position at, double z) {
    return !at.isBefore(extent.first()) && !at.isAfter(extent.last()) && fits(z);
  }

  /** Whether the rule holds at an included sample; see {@link #includes}. */
  public boolean holdsAt(Position at, double z) {
    return !at.isBefore(extent.held()) && includes(at, z);
  }

  /* Runs have no gaps; in a window the points that are not beyond the line do not belong. */
  private boolean fits(double z) {
    var line =
        switch (key.rule()) {
          case BEYOND_2_SIGMA -> 2;
          case BEYOND_1_SIGMA -> 1;
          case BEYOND_3_SIGMA, ONE_SIDE, TREND, ALTERNATING, WITHIN_1_SIGMA, OUTSIDE_1_SIGMA -> 0;
        };
    return line == 0 || (key.side() == Side.UPPER ? z > line : z < -line);
  }
}
