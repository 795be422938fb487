package dev.headway.fpl.plan.search;

import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.model.Engine;
import dev.headway.fpl.plan.model.PlanModel;
import dev.headway.fpl.rules.Chip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The best free-hit squads of each single week. Its money does not depend on the rest of the plan:
 * selling everybody brings the same whatever was bought meanwhile. In the first week players of the
 * present squad stay at their selling price; later, when they may be gone, everybody is counted at
 * the present price, so that a squad named here can always be paid for.
 *
 * <p>A week's squad is worked out only when a plan wants it. Until then its value is hoped for: the
 * linear relaxation's, which no squad exceeds.
 *
 * @param weeks a week each; empty without a free hit
 */
record FreeHits(List<Week> weeks) {
  static final FreeHits NONE = new FreeHits(List.of());

  /**
   * A free hit in one week.
   *
   * @param value weighted value, before the week's own weight; nothing exceeds it
   * @param worked whether it was worked out, not only hoped for
   * @param squad ids; empty until it was worked out
   */
  record Week(double value, boolean worked, List<Integer> squad) {}

  FreeHits {
    weeks = List.copyOf(weeks);
  }

  /** The points that can be hoped for; little is known of them where the time is over. */
  static FreeHits hoped(PlanRequest plan, SearchClock watch) {
    boolean any = false;
    var weeks = new ArrayList<Week>();
    for (int week = 0; week < plan.horizon(); week++) {
      boolean possible = possible(plan, week);
      any |= possible;
      double value = possible ? hope(request(plan, week, plan.timeLimit()), watch) : 0;
      weeks.add(new Week(value, false, List.of()));
    }
    return any ? new FreeHits(weeks) : NONE;
  }

  private static double hope(PlanRequest single, SearchClock watch) {
    if (watch.over()) {
      return Ceiling.of(single);
    }
    try (var model = new PlanModel(single, List.of(), Engine.GLOP)) {
      return watch.solve(model, new MPSolverParameters()) == MPSolver.ResultStatus.OPTIMAL
          ? model.value() + PlanSearch.TOLERANCE
          : Ceiling.of(single);
    }
  }

  private static boolean possible(PlanRequest request, int week) {
    return request.chips().stream()
        .anyMatch(option -> option.chip() == Chip.FREE_HIT && option.covers(week));
  }

  /** A request for the best squad of one week. */
  static PlanRequest request(PlanRequest plan, int week, Duration limit) {
    var market =
        plan.candidates().stream()
            .filter(c -> plan.allows(c, week))
            .map(c -> {
              int price = week == 0 ? c.sellingPrice() : c.price();
              return new Candidate(
                  c.id(), c.position(), c.club(), price, price, false, List.of(c.points(week)));
            })
            .toList();
    return new PlanRequest(
        plan.rules(), market, 1, plan.proceeds(), 0, List.of(), plan.weights(), List.of(), limit);
  }

  /** These with what a search for the best squad of a week found. */
  FreeHits with(int week, PlanResult found) {
    var changed = new ArrayList<>(weeks);
    changed.set(
        week,
        found.weeks().isEmpty()
            ? new Week(Double.NEGATIVE_INFINITY, true, List.of())
            : new Week(found.bound(), true, found.weeks().getFirst().squad()));
    return new FreeHits(changed);
  }

  boolean worked(int week) {
    return weeks.get(week).worked();
  }

  List<Double> values() {
    return weeks.stream().map(Week::value).toList();
  }

  List<List<Integer>> squads() {
    return weeks.stream().map(Week::squad).toList();
  }
}
