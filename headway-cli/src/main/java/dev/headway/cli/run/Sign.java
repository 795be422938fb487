package dev.headway.cli.run;

/** What a line of a command's output says about its progress. */
sealed interface Sign {
  /**
   * So far in the present step.
   *
   * @param percent 0 to 100
   * @param message for a person; empty when there is none
   */
  record Percent(double percent, String message) implements Sign {}

  /**
   * A step begins.
   *
   * @param number from 1
   * @param of how many there are
   * @param name may be empty
   */
  record Step(int number, int of, String name) implements Sign {}

  /**
   * The line tells how long the whole is, by which later lines are measured.
   *
   * @param seconds of material, above 0
   */
  record Length(double seconds) implements Sign {}

  /**
   * So much of the length is done.
   *
   * @param seconds of material
   */
  record Position(double seconds) implements Sign {}
}
