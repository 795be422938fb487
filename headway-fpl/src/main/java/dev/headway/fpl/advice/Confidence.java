package dev.headway.fpl.advice;

/**
 * The confidence in a decision: the margin by which the plan beats the best plan that begins
 * otherwise. Only a proved margin counts, so what either search left open is taken off it.
 *
 * @param margin proved points of advantage, at least 0
 */
public record Confidence(double margin) {
  /* At this margin, about what a player's week varies by projection alone, the score is one half. */
  private static final double HALF = 1.0;
  private static final double HIGH = 2 / 3.0;
  private static final double MEDIUM = 1 / 3.0;

  /** The score in a word. */
  public enum Label {
    /** Another choice would clearly be worse. */
    HIGH,
    /** Another choice would be somewhat worse. */
    MEDIUM,
    /** Other choices are about as good. */
    LOW
  }

  /** Requires a margin of at least 0. */
  public Confidence {
    margin = Math.max(0, margin);
  }

  /** 0 for no margin, towards 1 for a large one. */
  public double score() {
    return margin / (margin + HALF);
  }

  /** The score in a word. */
  public Label label() {
    if (score() >= HIGH) {
      return Label.HIGH;
    }
    return score() >= MEDIUM ? Label.MEDIUM : Label.LOW;
  }
}
