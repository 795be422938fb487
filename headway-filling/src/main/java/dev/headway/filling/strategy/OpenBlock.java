package dev.headway.filling.strategy;

import dev.headway.filling.model.Problem;

/** A block that is being filled, as dispatching rules see it. Immutable. */
record OpenBlock(Problem problem, int line, long slack, int lastType, Streak streak) {
  private static final int NO_TYPE = -1;

  /**
   * How the types of the block's lots followed each other.
   *
   * @param length lots of the last type at the end
   * @param switches changes of type
   */
  record Streak(int length, int switches) {}

  /** The block right after a clean. */
  static OpenBlock fresh(Problem problem, int line) {
    return new OpenBlock(problem, line, problem.window(line), NO_TYPE, new Streak(0, 0));
  }

  /** Whether no lot has been filled since the clean. */
  boolean empty() {
    return lastType == NO_TYPE;
  }

  /** Whether a lot of this type would continue the streak; true in an empty block. */
  boolean continues(int type) {
    return empty() || type == lastType;
  }

  /** Microseconds of changeover before a lot of this type. */
  long setup(int type) {
    return empty() ? 0 : problem.changeover(lastType, type);
  }

  /** The longest filling time that a lot of this type may have; may be negative. */
  long room(int type) {
    return slack - setup(type);
  }

  /** Whether a lot fits. */
  boolean fits(int lot) {
    return problem.fill(line, lot) <= room(problem.typeOf(lot));
  }

  /** The block with one more lot. */
  OpenBlock with(int lot) {
    var type = problem.typeOf(lot);
    var after = room(type) - problem.fill(line, lot);
    var next =
        continues(type)
            ? new Streak(streak.length + 1, streak.switches)
            : new Streak(1, streak.switches + 1);
    return new OpenBlock(problem, line, after, type, next);
  }
}
