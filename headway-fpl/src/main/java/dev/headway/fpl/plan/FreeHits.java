package dev.headway.fpl.plan;

import dev.headway.fpl.rules.Chip;
import java.util.ArrayList;
import java.util.List;

/**
 * The best squad for each single week: what a free hit would field. Its money does not depend on
 * the rest of the plan: selling everybody brings the same whatever was bought meanwhile. In the
 * first week players of the present squad stay at their selling price; later, when they may be
 * gone, everybody is counted at the present price, so that a squad named here can always be paid
 * for.
 *
 * @param squads ids per week; empty without a free hit
 * @param values weighted values per week, before the week's own weight
 */
record FreeHits(List<List<Integer>> squads, List<Double> values) {
  static final FreeHits NONE = new FreeHits(List.of(), List.of());

  /** A request for the best squad of one week. */
  static PlanRequest request(PlanRequest plan, int week) {
    var market =
        plan.candidates().stream()
            .map(c -> {
              int price = week == 0 ? c.sellingPrice() : c.price();
              return new Candidate(
                  c.id(), c.position(), c.club(), price, price, false, List.of(c.points(week)));
            })
            .toList();
    return new PlanRequest(
        plan.rules(),
        market,
        1,
        plan.proceeds(),
        0,
        List.of(new ChipOption(Chip.WILDCARD, 0, 0, 0)),
        plan.weights(),
        List.of(new Restriction.WildcardNow()),
        plan.timeLimit());
  }

  /** Whether a request may play a free hit in a week. */
  static boolean possible(PlanRequest request, int week) {
    return request.chips().stream()
        .anyMatch(option -> option.chip() == Chip.FREE_HIT && option.covers(week));
  }

  /** These and one more week. */
  FreeHits and(List<Integer> squad, double value) {
    var longerSquads = new ArrayList<>(squads);
    longerSquads.add(squad);
    var longerValues = new ArrayList<>(values);
    longerValues.add(value);
    return new FreeHits(List.copyOf(longerSquads), List.copyOf(longerValues));
  }
}
