package dev.headway.cli.bars;

/**
 * The abilities of a terminal.
 *
 * @param unicode blocks and marks beyond ASCII
 * @param colours ANSI colours
 */
public record TerminalStyle(boolean unicode, boolean colours) {
  /** Everything. */
  public static final TerminalStyle RICH = new TerminalStyle(true, true);

  /** ASCII without colours. */
  public static final TerminalStyle PLAIN = new TerminalStyle(false, false);
}
