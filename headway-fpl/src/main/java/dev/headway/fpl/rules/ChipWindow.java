package dev.headway.fpl.rules;

/**
 * A chip and the gameweeks in which it can still be played, once; afterwards it lapses.
 *
 * @param chip which
 * @param first first gameweek, 1 to 38
 * @param last last gameweek
 */
public record ChipWindow(Chip chip, int first, int last) {
  /** Requires a window of at least one gameweek. */
  public ChipWindow {
    if (first < 1 || first > last) {
      throw new IllegalArgumentException(
          "The window of %s (%d to %d) must be in order".formatted(chip, first, last));
    }
  }

  /** Whether the chip can be played in a gameweek. */
  public boolean contains(int gameweek) {
    return first <= gameweek && gameweek <= last;
  }
}
