package dev.headway.cli.bars;

/** A bar's first column: the state of its job. */
public enum Mark {
  /** Not begun. */
  WAITING('·', '.', Colour.NONE, "waiting"),
  /** Running. */
  RUNNING('▸', '>', Colour.CYAN, "running"),
  /** Its worker has been silent for long. */
  STALLED('!', '!', Colour.YELLOW, "stalled"),
  /** Asked to stop, and has not yet. */
  STOPPING('◌', '~', Colour.YELLOW, "cancelling"),
  /** Ended with a result. */
  DONE('✓', '+', Colour.GREEN, "done"),
  /** Ended with an error. */
  FAILED('✗', 'x', Colour.RED, "failed"),
  /** Stopped on request. */
  CANCELLED('⊘', '-', Colour.YELLOW, "cancelled");

  private final char symbol;
  private final char plainSymbol;
  private final Colour colour;
  private final String word;

  Mark(char symbol, char plainSymbol, Colour colour, String word) {
    this.symbol = symbol;
    this.plainSymbol = plainSymbol;
    this.colour = colour;
    this.word = word;
  }

  char symbol(boolean unicode) {
    return unicode ? symbol : plainSymbol;
  }

  Colour colour() {
    return colour;
  }

  /** The state in a word. */
  public String word() {
    return word;
  }

  /** Whether nothing more will happen. */
  public boolean ended() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }
}
