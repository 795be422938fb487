package dev.headway.bench.load;

/** The pace at which messages are published. */
public sealed interface Pace {
  /**
   * The next as soon as every watcher has an earlier one.
   *
   * @param messages how many are on their way at once, from 1
   */
  record InFlight(int messages) implements Pace {}

  /**
   * At equal distances, whatever becomes of them: a message that goes out late is counted from the
   * moment it was due.
   *
   * @param perSecond messages a second, over all topics together
   */
  record Steady(double perSecond) implements Pace {}

  /** None. */
  record Silence() implements Pace {}
}
