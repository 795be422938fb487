package dev.headway.fpl.advice;

/**
 * The confidence in a decision: the share of other projections, about as likely, for which no plan
 * that begins otherwise is better.
 *
 * @param score 0 to 1
 */
public record Confidence(double score) {
  private static final double HIGH = 2 / 3.0;
  private static final double MEDIUM = 1 / 3.0;

  /** The score in a word. */
  public enum Label {
    /** The decision hardly depends on the projections. */
    HIGH,
    /** Somewhat different projections would often change it. */
    MEDIUM,
    /** Other choices are about as good. */
    LOW
  }

  /** The score in a word. */
  public Label label() {
    if (score >= HIGH) {
      return Label.HIGH;
    }
    return score >= MEDIUM ? Label.MEDIUM : Label.LOW;
  }
}
