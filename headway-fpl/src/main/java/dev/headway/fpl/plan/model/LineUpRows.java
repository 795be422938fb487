package dev.headway.fpl.plan.model;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.Quota;
import java.util.List;

/** The rows of a plan's program that say who may play, and what chips add to it. */
final class LineUpRows {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private final PlanVariables model;
  private final PlanRequest request;
  private final PlanWeights weights;
  private final List<Candidate> candidates;

  LineUpRows(PlanVariables model) {
    this.model = model;
    this.request = model.request();
    this.weights = request.weights();
    this.candidates = request.candidates();
  }

  /** Adds the rows of a week. */
  void addTo(int week) {
    int starters = request.rules().starters();
    int substituteKeepers = request.rules().substituteKeepers();
    int substitutes = request.rules().substituteOutfield();
    var eleven = model.constraint(-INFINITE, starters);
    var captain = model.constraint(-INFINITE, 1);
    var vice = model.constraint(-INFINITE, 1);
    var keepers = model.constraint(-INFINITE, substituteKeepers);
    var outfield = model.constraint(-INFINITE, substitutes);
    model.onChip(Chip.FREE_HIT, week, eleven, starters);
    model.onChip(Chip.FREE_HIT, week, captain, 1);
    model.onChip(Chip.FREE_HIT, week, vice, 1);
    for (var chip : List.of(Chip.BENCH_BOOST, Chip.FREE_HIT)) {
      model.onChip(chip, week, keepers, substituteKeepers);
      model.onChip(chip, week, outfield, substitutes);
    }
    for (int i = 0; i < candidates.size(); i++) {
      var cell = model.cell(i, week);
      cell.playing().forEach(role -> eleven.setCoefficient(role, 1));
      captain.setCoefficient(cell.captain(), 1);
      vice.setCoefficient(cell.vice(), 1);
      boolean keeper = candidates.get(i).position() == Position.GOALKEEPER;
      (keeper ? keepers : outfield).setCoefficient(cell.bench(), 1);
    }
    for (var position : Position.values()) {
      addFormationRule(week, position, request.rules().quota(position));
    }
    addTripleCaptain(week);
    addBenchBoost(week);
    addIdleness(week);
  }

  private void addFormationRule(int week, Position position, Quota quota) {
    var fewest = model.constraint(quota.minPlay(), INFINITE);
    var most = model.constraint(-INFINITE, quota.maxPlay());
    model.onChip(Chip.FREE_HIT, week, fewest, quota.minPlay());
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).position() == position) {
        for (var role : model.cell(i, week).playing()) {
          fewest.setCoefficient(role, 1);
          most.setCoefficient(role, 1);
        }
      }
    }
  }

  /*
   * Substitutes whose points count. Each is bounded by the chip itself: the sums alone would let a
   * quarter of a chip count the best substitute whole, and the relaxation would bound nothing.
   */
  private void addBenchBoost(int week) {
    var played = model.chips(week).get(Chip.BENCH_BOOST);
    if (played == null) {
      return;
    }
    var keepers = model.row(-INFINITE, 0).plus(-request.rules().substituteKeepers(), played);
    var outfield = model.row(-INFINITE, 0).plus(-request.rules().substituteOutfield(), played);
    for (int i = 0; i < candidates.size(); i++) {
      var boosted = model.number(0, 1);
      model
          .objective()
          .setCoefficient(boosted, weights.ofWeek(week) * candidates.get(i).points(week));
      model.roles(i, week).plus(-1, boosted);
      model.row(-INFINITE, 0).plus(1, boosted).plus(-1, played);
      boolean keeper = candidates.get(i).position() == Position.GOALKEEPER;
      (keeper ? keepers : outfield).plus(1, boosted);
    }
  }

  /* Nobody of the lasting squad plays beside a free hit; each for himself, for the same reason. */
  private void addIdleness(int week) {
    var played = model.chips(week).get(Chip.FREE_HIT);
    if (played == null) {
      return;
    }
    for (int i = 0; i < candidates.size(); i++) {
      var idle = model.row(-INFINITE, 1).plus(1, played).plus(1, model.cell(i, week).bench());
      model.cell(i, week).playing().forEach(role -> idle.plus(1, role));
    }
  }

  private void addTripleCaptain(int week) {
    var played = model.chips(week).get(Chip.TRIPLE_CAPTAIN);
    if (played == null) {
      return;
    }
    double most =
        candidates.stream().mapToDouble(c -> c.points(week)).max().orElse(0) * weights.ofWeek(week);
    var third = model.number(0, Math.max(0, most));
    model.objective().setCoefficient(third, 1);
    var asCaptain = model.constraint(0, INFINITE);
    asCaptain.setCoefficient(third, -1);
    for (int i = 0; i < candidates.size(); i++) {
      double points = weights.ofWeek(week) * candidates.get(i).points(week);
      asCaptain.setCoefficient(model.cell(i, week).captain(), points);
    }
    var onlyPlayed = model.constraint(0, INFINITE);
    onlyPlayed.setCoefficient(third, -1);
    onlyPlayed.setCoefficient(played, Math.max(0, most));
  }
}
