package dev.headway.filling.exact;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import dev.headway.filling.model.Problem;

/**
 * The moments of a lot, as variables of a model.
 *
 * @param number of the lot
 * @param cleanEnd when the clean of its block ends
 * @param start when its filling begins
 * @param end when its filling ends
 */
record LotVariables(int number, IntVar cleanEnd, IntVar start, IntVar end) {
  static LotVariables of(CpModel model, Problem problem, int lot, long horizon) {
    var locked = problem.lockedStart(lot);
    var earliest = locked == Problem.NEVER ? problem.release(lot) : locked;
    var latest = locked == Problem.NEVER ? horizon : locked;
    return new LotVariables(
        lot,
        model.newIntVar(problem.cleaning(), Math.max(problem.cleaning(), horizon), ""),
        model.newIntVar(earliest, Math.max(earliest, latest), ""),
        model.newIntVar(0, Math.max(0, horizon), ""));
  }
}
