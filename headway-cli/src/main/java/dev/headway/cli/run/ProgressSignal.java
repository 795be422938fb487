package dev.headway.cli.run;

import dev.headway.client.job.Step;
import java.util.List;

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
   * A count within the present step, by a directive.
   *
   * @param done from 0 to {@code total}
   * @param total above 0
   * @param message for a person; may be empty
   */
  record Count(long done, long total, String message) implements ProgressSignal {}

  /**
   * The steps of the whole command, by a directive.
   *
   * @param steps in order, each with a name of its own
   */
  record Steps(List<Step> steps) implements ProgressSignal {}

  /**
   * The start of a step.
   *
   * @param number from 1
   * @param of the number of steps
   * @param name may be empty
   */
  record NumberedStep(Trust trust, int number, int of, String name) implements ProgressSignal {}

  /**
   * The start of a step that a directive names.
   *
   * @param name one of the declared steps, if there are any
   */
  record NamedStep(String name) implements ProgressSignal {}

  /**
   * A directive that cannot be right.
   *
   * @param reason for the author of the script
   */
  record Wrong(String reason) implements ProgressSignal {}

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
