package dev.headway.fpl.rules;

/**
 * The numbers of players of a position in a squad and in a line-up.
 *
 * @param select players of the position in a squad
 * @param minPlay fewest in a line-up
 * @param maxPlay most in a line-up
 */
public record Quota(int select, int minPlay, int maxPlay) {
  /** Requires the bounds to be in order. */
  public Quota {
    if (minPlay < 0 || minPlay > maxPlay || maxPlay > select) {
      throw new IllegalArgumentException(
          "A line-up of %d to %d players cannot come from %d".formatted(minPlay, maxPlay, select));
    }
  }
}
