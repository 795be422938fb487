package dev.headway.filling.exact;

import com.google.ortools.sat.CpModel;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;

/**
 * A constraint model of all plans that cost less than a known one; without any, that is optimal.
 */
sealed interface ExactModel permits BlockModel, SequenceModel {
  /**
   * A model of all plans that cost less than {@code incumbent}, where none costs less than {@code
   * least}: the order of blocks, and of lots in them, counts only where dates, locks or calendars
   * do.
   */
  static ExactModel of(Problem problem, long incumbent, long least) {
    return problem.timed()
        ? new SequenceModel(problem, incumbent, least)
        : new BlockModel(problem, incumbent, least);
  }

  /** How many decisions a model would have at most, to judge whether it is worth building. */
  static long size(Problem problem, long incumbent) {
    return problem.timed() ? SequenceModel.size(problem) : BlockModel.size(problem, incumbent);
  }

  /** The model, whose objective is the cost in microseconds. */
  CpModel model();

  /** The plan of a solution. */
  Plan plan(Values values);
}
