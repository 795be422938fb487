package dev.headway.filling.search;

import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** A plan that is being changed: blocks are taken out and lots put back where they cost least. */
sealed interface Draft permits LengthDraft, TimedDraft {
  /** How often a place is overlooked, so that the cheapest one is not always taken. */
  double BLINK = 0.02;

  /** A plan to be changed. */
  static Draft of(Problem problem, Plan plan) {
    return problem.timed() ? new TimedDraft(problem, plan) : new LengthDraft(problem, plan);
  }

  /** A draft that can be changed without this one. */
  Draft copy();

  /** See {@link Plan#cost}. */
  long cost();

  /** Microseconds that all lines are busy together. */
  long workload();

  /** The line that is done last. */
  int longestLine();

  /** The lots of a line's blocks, each in filling order; not to be changed. */
  int[] lots(int line, int index);

  /** How many blocks a line has. */
  int blockCount(int line);

  /** The plan as it is now. */
  Plan toPlan();

  /** Takes a block out and returns its lots. */
  int[] removeBlock(int line, int index);

  /** Takes a lot out and returns it, unless those that stay could not be filled without it. */
  OptionalInt removeLot(int line, int index, int position);

  /**
   * Puts a lot where it costs least, now and then overlooking a place; returns whether there was
   * one.
   */
  boolean insert(int lot, RandomGenerator random);
}
