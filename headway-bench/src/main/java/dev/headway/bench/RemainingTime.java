package dev.headway.bench;

import java.util.function.LongSupplier;

/**
 * How long the rest of some turns takes, judged by those that have been taken. Used by one thread.
 */
final class RemainingTime {
  private final int turns;
  private final LongSupplier nanoTime;
  private final long began;
  private int taken;

  /**
   * Begins with the first turn.
   *
   * @param turns how many there are
   */
  RemainingTime(int turns, LongSupplier nanoTime) {
    this.turns = turns;
    this.nanoTime = nanoTime;
    began = nanoTime.getAsLong();
  }

  /** Notes that a turn is over. */
  void taken() {
    taken++;
  }

  /** In words, to be appended to what is being done; empty while nobody can know. */
  String text() {
    if (taken == 0) {
      return "";
    }
    var perTurn = (nanoTime.getAsLong() - began) / 1e9 / taken;
    var seconds = Math.round(perTurn * (turns - taken));
    return seconds < 60
        ? ", about %d s left".formatted(seconds)
        : ", about %d:%02d min left".formatted(seconds / 60, seconds % 60);
  }
}
