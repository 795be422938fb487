package dev.headway.cli.run;

/** The progress that a line of output states. */
sealed interface ProgressSignal {
  /** How surely a signal is meant as progress, the least sure first. */
  enum Trust {
    /** A percentage in a sentence; it counts once it is seen to rise. */
    PROSE,
    /** A bar of one file or one phase. */
    BAR,
    /** A count of the whole, such as a build's steps. */
    WHOLE,
    /** A line that a script printed for Headway; guesses no longer count. */
    DIRECTIVE
  }

  /**
   * A percentage of the present step.
   *
   * @param bar a name that tells bars of one output apart; may be empty
   * @param percent 0 to 100
   * @param message for a person; may be empty
   */
  record Percent(Trust trust, String bar, double percent, String message)
      implements ProgressSignal {}

  /**
   * The start of a step.
   *
   * @param number from 1
   * @param of the number of steps
   * @param name may be empty
   */
  record Step(Trust trust, int number, int of, String name) implements ProgressSignal {}

  /**
   * The length of the whole, by which positions are measured.
   *
   * @param seconds of material, above 0
   */
  record Length(double seconds) implements ProgressSignal {}

  /**
   * A position within the length.
   *
   * @param seconds of material
   */
  record Position(double seconds) implements ProgressSignal {}
}
