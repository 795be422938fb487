package dev.headway.cli.bars;

/**
 * What a terminal can show.
 *
 * @param unicode blocks and marks beyond ASCII
 * @param colours ANSI colours
 */
public record Look(boolean unicode, boolean colours) {
  /** Everything. */
  public static final Look RICH = new Look(true, true);

  /** ASCII without colours. */
  public static final Look PLAIN = new Look(false, false);
}
