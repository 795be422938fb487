package dev.headway.cli.bars;

/** A terminal's screen. */
public interface Surface {
  /** Columns now; it may change at any time. */
  int columns();

  /** Rows now; it may change at any time. */
  int rows();

  /** Writes text with escape sequences in one piece. */
  void write(String text);
}
