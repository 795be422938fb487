package dev.headway.fpl.plan;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.Quota;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The integer program of a plan, for the integer engine or as its linear relaxation. Not safe for
 * use by several threads, except {@link #interrupt()}. Close it: it holds native memory.
 *
 * <p>Money needs no balance: with prices that stay as they are, a squad can be paid for exactly
 * when its price is at most the bank and the first squad's price, less the fees of what was sold so
 * far.
 */
final class PlanModel implements AutoCloseable {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  /** A player's variables in one week. */
  record Cell(
      MPVariable squad,
      MPVariable bought,
      MPVariable starter,
      MPVariable captain,
      MPVariable vice,
      MPVariable bench) {
    List<MPVariable> all() {
      return List.of(squad, bought, starter, captain, vice, bench);
    }

    List<MPVariable> playing() {
      return List.of(starter, captain, vice);
    }
  }

  private final PlanRequest request;
  private final PlanWeights weights;
  private final List<Double> freeHitValues;
  private final boolean relaxed;
  private final MPSolver solver;
  private final MPObjective objective;
  private final List<Candidate> candidates;
  private final Cell[][] cells;
  private final Row[][] roles;
  private final List<Map<Chip, MPVariable>> chips = new ArrayList<>();
  private final List<MPVariable> transfers = new ArrayList<>();
  private final List<MPVariable> free = new ArrayList<>();

  /**
   * Builds the program.
   *
   * @param freeHitValues weighted value of the best squad of each week, if a free hit may be played
   */
  PlanModel(PlanRequest request, List<Double> freeHitValues, Engine engine) {
    this.request = request;
    this.weights = request.weights();
    this.freeHitValues = List.copyOf(freeHitValues);
    this.relaxed = engine == Engine.GLOP;
    this.candidates = request.candidates();
    this.solver = MPSolver.createSolver(engine.name());
    this.objective = solver.objective();
    this.cells = new Cell[candidates.size()][request.horizon()];
    this.roles = new Row[candidates.size()][request.horizon()];
    objective.setMaximization();
    addChips();
    addCells();
    addFreeTransfers();
    for (int week = 0; week < request.horizon(); week++) {
      addSquadRules(week);
      addLineUpRules(week);
      addTransferRules(week);
    }
    addSellingLosses();
    request.restrictions().forEach(this::restrict);
  }

  /** The native solver. */
  MPSolver solver() {
    return solver;
  }

  /** The variables of the candidate at an index in a week. */
  Cell cell(int candidate, int week) {
    return cells[candidate][week];
  }

  /** The candidates, in the order of the cells. */
  List<Candidate> candidates() {
    return candidates;
  }

  /** The chip that the solution plays in a week, if any. */
  @Nullable Chip chip(int week) {
    for (var entry : chips.get(week).entrySet()) {
      if (entry.getValue().solutionValue() > 0.5) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** Narrows the number of transfers of the first week. */
  void limitFirstTransfers(int fewest, int most) {
    transfers.getFirst().setBounds(fewest, most);
  }

  /** Fixes the weeks with a wildcard. */
  void fixWildcards(List<Integer> weeks) {
    for (int week = 0; week < request.horizon(); week++) {
      var variable = chips.get(week).get(Chip.WILDCARD);
      if (variable != null) {
        double value = weeks.contains(week) ? 1 : 0;
        variable.setBounds(value, value);
      }
    }
  }

  /** Demands a value above one that is already known to be possible. */
  void demandMoreThan(double value) {
    var row = solver.makeConstraint(value - offset(), INFINITE);
    for (var variable : solver.variables()) {
      double coefficient = objective.getCoefficient(variable);
      if (coefficient != 0) {
        row.setCoefficient(variable, coefficient);
      }
    }
  }

  /** The value of the solution. */
  double value() {
    return objective.value() + offset();
  }

  /** What no solution can exceed, as far as the engine knows. */
  double bound() {
    return objective.bestBound() + offset();
  }

  /** Stops a running search soon; callable from any thread. */
  void interrupt() {
    solver.interruptSolve();
  }

  @Override
  public void close() {
    solver.delete();
  }

  /* The value of the transfers saved at the start: a constant, since only changes count. */
  private double offset() {
    return -weights.caution() * weights.savedValue(request.freeTransfers());
  }

  private void addChips() {
    for (int week = 0; week < request.horizon(); week++) {
      chips.add(new EnumMap<>(Chip.class));
    }
    for (var option : request.chips()) {
      var once = solver.makeConstraint(-INFINITE, 1);
      for (int week = 0; week < request.horizon(); week++) {
        if (option.covers(week)) {
          var played = integer(0, 1);
          objective.setCoefficient(played, -weights.caution() * option.holdValue());
          once.setCoefficient(played, 1);
          chips.get(week).put(option.chip(), played);
        }
      }
    }
    for (int week = 0; week < request.horizon(); week++) {
      var oneAWeek = solver.makeConstraint(-INFINITE, 1);
      chips.get(week).values().forEach(played -> oneAWeek.setCoefficient(played, 1));
      addFreeHit(week);
    }
  }

  private void addFreeHit(int week) {
    var played = chips.get(week).get(Chip.FREE_HIT);
    if (played == null) {
      return;
    }
    double gain = weights.ofWeek(week) * freeHitValues.get(week);
    objective.setCoefficient(played, objective.getCoefficient(played) + gain);
    var next = week + 1 < request.horizon() ? chips.get(week + 1).get(Chip.FREE_HIT) : null;
    if (next != null) {
      // The game does not allow free hits in two gameweeks running.
      var apart = solver.makeConstraint(-INFINITE, 1);
      apart.setCoefficient(played, 1);
      apart.setCoefficient(next, 1);
    }
  }

  private void addCells() {
    for (int i = 0; i < candidates.size(); i++) {
      var candidate = candidates.get(i);
      for (int week = 0; week < request.horizon(); week++) {
        var squad = integer(0, 1);
        var cell =
            new Cell(
                squad,
                week == 0 ? squad : solver.makeNumVar(0, 1, ""),
                integer(0, 1),
                solver.makeNumVar(0, 1, ""),
                solver.makeNumVar(0, 1, ""),
                solver.makeNumVar(0, 1, ""));
        cells[i][week] = cell;
        value(cell, candidate, week);
        link(cell, i, week);
      }
    }
  }

  private void value(Cell cell, Candidate candidate, int week) {
    double points = weights.ofWeek(week) * candidate.points(week);
    double bench =
        candidate.position() == Position.GOALKEEPER
            ? weights.benchKeeper()
            : weights.benchOutfield();
    objective.setCoefficient(cell.starter(), points);
    objective.setCoefficient(cell.captain(), 2 * points);
    objective.setCoefficient(cell.vice(), points * (1 + weights.caution() * weights.vice()));
    objective.setCoefficient(cell.bench(), points * weights.caution() * bench);
  }

  private void link(Cell cell, int i, int week) {
    var row = row(0, INFINITE).plus(1, cell.squad()).plus(-1, cell.bench());
    cell.playing().forEach(role -> row.plus(-1, role));
    roles[i][week] = row;
    if (week > 0) {
      // In the first week whoever is new has been bought; there the squad variable says both.
      var bought = solver.makeConstraint(0, INFINITE);
      bought.setCoefficient(cell.bought(), 1);
      bought.setCoefficient(cell.squad(), -1);
      bought.setCoefficient(cells[i][week - 1].squad(), 1);
    }
  }

  private void addSquadRules(int week) {
    var clubs = new HashMap<Integer, MPConstraint>();
    var positions = new EnumMap<Position, MPConstraint>(Position.class);
    for (int i = 0; i < candidates.size(); i++) {
      var candidate = candidates.get(i);
      var squad = cells[i][week].squad();
      clubs
          .computeIfAbsent(
              candidate.club(), club -> solver.makeConstraint(-INFINITE, request.rules().perClub()))
          .setCoefficient(squad, 1);
      int select = request.rules().quota(candidate.position()).select();
      positions
          .computeIfAbsent(candidate.position(), position -> solver.makeConstraint(select, select))
          .setCoefficient(squad, 1);
    }
  }

  private void addLineUpRules(int week) {
    int starters = request.rules().starters();
    int substituteKeepers = request.rules().substituteKeepers();
    int substitutes = request.rules().substituteOutfield();
    var eleven = solver.makeConstraint(-INFINITE, starters);
    var captain = solver.makeConstraint(-INFINITE, 1);
    var vice = solver.makeConstraint(-INFINITE, 1);
    var keepers = solver.makeConstraint(-INFINITE, substituteKeepers);
    var outfield = solver.makeConstraint(-INFINITE, substitutes);
    onChip(Chip.FREE_HIT, week, eleven, starters);
    onChip(Chip.FREE_HIT, week, captain, 1);
    onChip(Chip.FREE_HIT, week, vice, 1);
    for (var chip : List.of(Chip.BENCH_BOOST, Chip.FREE_HIT)) {
      onChip(chip, week, keepers, substituteKeepers);
      onChip(chip, week, outfield, substitutes);
    }
    for (int i = 0; i < candidates.size(); i++) {
      var cell = cells[i][week];
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
    var fewest = solver.makeConstraint(quota.minPlay(), INFINITE);
    var most = solver.makeConstraint(-INFINITE, quota.maxPlay());
    onChip(Chip.FREE_HIT, week, fewest, quota.minPlay());
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).position() == position) {
        for (var role : cells[i][week].playing()) {
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
    var played = chips.get(week).get(Chip.BENCH_BOOST);
    if (played == null) {
      return;
    }
    var keepers = row(-INFINITE, 0).plus(-request.rules().substituteKeepers(), played);
    var outfield = row(-INFINITE, 0).plus(-request.rules().substituteOutfield(), played);
    for (int i = 0; i < candidates.size(); i++) {
      var boosted = solver.makeNumVar(0, 1, "");
      objective.setCoefficient(boosted, weights.ofWeek(week) * candidates.get(i).points(week));
      roles[i][week].plus(-1, boosted);
      row(-INFINITE, 0).plus(1, boosted).plus(-1, played);
      boolean keeper = candidates.get(i).position() == Position.GOALKEEPER;
      (keeper ? keepers : outfield).plus(1, boosted);
    }
  }

  /* Nobody of the lasting squad plays beside a free hit; each for himself, for the same reason. */
  private void addIdleness(int week) {
    var played = chips.get(week).get(Chip.FREE_HIT);
    if (played == null) {
      return;
    }
    for (int i = 0; i < candidates.size(); i++) {
      var idle = row(-INFINITE, 1).plus(1, played).plus(1, cells[i][week].bench());
      cells[i][week].playing().forEach(role -> idle.plus(1, role));
    }
  }

  private void addTripleCaptain(int week) {
    var played = chips.get(week).get(Chip.TRIPLE_CAPTAIN);
    if (played == null) {
      return;
    }
    double most =
        candidates.stream().mapToDouble(c -> c.points(week)).max().orElse(0) * weights.ofWeek(week);
    var third = solver.makeNumVar(0, Math.max(0, most), "");
    objective.setCoefficient(third, 1);
    var asCaptain = solver.makeConstraint(0, INFINITE);
    asCaptain.setCoefficient(third, -1);
    for (int i = 0; i < candidates.size(); i++) {
      double points = weights.ofWeek(week) * candidates.get(i).points(week);
      asCaptain.setCoefficient(cells[i][week].captain(), points);
    }
    var onlyPlayed = solver.makeConstraint(0, INFINITE);
    onlyPlayed.setCoefficient(third, -1);
    onlyPlayed.setCoefficient(played, Math.max(0, most));
  }

  private void addFreeTransfers() {
    int cap = request.rules().freeTransferCap();
    free.add(integer(request.freeTransfers(), request.freeTransfers()));
    for (int week = 0; week < request.horizon(); week++) {
      free.add(integer(1, cap));
      transfers.add(integer(0, request.rules().squadSize()));
    }
  }

  private void addTransferRules(int week) {
    int all = request.rules().squadSize();
    var hits = solver.makeNumVar(0, all, "");
    var over = integer(0, 1);
    objective.setCoefficient(
        hits, -weights.ofWeek(week) * weights.caution() * request.rules().hitCost());
    countTransfers(week);
    var made = transfers.get(week);
    var had = free.get(week);
    var paid = row(0, INFINITE).plus(1, hits).plus(-1, made).plus(1, had).constraint();
    onChip(Chip.WILDCARD, week, paid, all);
    row(-INFINITE, 0).plus(1, hits).plus(-all, over);
    var next = free.get(week + 1);
    int cap = request.rules().freeTransferCap();
    // Whoever takes a hit has saved nothing; without this row a hit could buy a saved transfer.
    row(-INFINITE, cap).plus(1, next).plus(cap - 1, over);
    var saved = row(-INFINITE, 1).plus(1, next).plus(-1, had).plus(1, made).plus(-1, hits);
    onChip(Chip.WILDCARD, week, saved.constraint(), -all);
    var kept = row(-INFINITE, 1).plus(1, next).constraint();
    if (week > 0 || request.freeTransfers() > 0) {
      kept.setCoefficient(had, -1);
      onChip(Chip.WILDCARD, week, kept, 1);
      onChip(Chip.FREE_HIT, week, kept, 1);
    }
    var still = row(-INFINITE, all).plus(1, made).constraint();
    onChip(Chip.FREE_HIT, week, still, all);
    addSavedValue(week);
  }

  private void countTransfers(int week) {
    // In the first week buying is the squad variable itself, so the count is exact.
    var count = solver.makeConstraint(week == 0 ? 0 : -INFINITE, 0);
    count.setCoefficient(transfers.get(week), -1);
    for (int i = 0; i < candidates.size(); i++) {
      if (week > 0 || !candidates.get(i).owned()) {
        count.setCoefficient(cells[i][week].bought(), 1);
      }
    }
  }

  private void addSavedValue(int week) {
    boolean last = week == request.horizon() - 1;
    double weight =
        weights.caution() * (weights.ofWeek(week) - (last ? 0 : weights.ofWeek(week + 1)));
    var beyondFirst = solver.makeConstraint(-INFINITE, -1);
    beyondFirst.setCoefficient(free.get(week + 1), -1);
    for (double worth : weights.savedTransfers()) {
      var saved = solver.makeNumVar(0, 1, "");
      objective.setCoefficient(saved, weight * worth);
      beyondFirst.setCoefficient(saved, 1);
    }
  }

  /*
   * Squads are paid for; whoever was sold stays sold for the fee that it cost. Prices count above the
   * cheapest of the position: the quotas make it the same, and the engine finds better cuts.
   */
  private void addSellingLosses() {
    var cheapest = cheapest();
    int floor = 0;
    for (var entry : cheapest.entrySet()) {
      floor += entry.getValue() * request.rules().quota(entry.getKey()).select();
    }
    var budgets = new ArrayList<MPConstraint>();
    for (int week = 0; week < request.horizon(); week++) {
      var budget = solver.makeConstraint(-INFINITE, request.wealth() - floor);
      for (int i = 0; i < candidates.size(); i++) {
        var candidate = candidates.get(i);
        int above = candidate.price() - cheapest.getOrDefault(candidate.position(), 0);
        budget.setCoefficient(cells[i][week].squad(), above);
      }
      budgets.add(budget);
    }
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).sellingLoss() > 0) {
        addSellingLoss(i, budgets);
      }
    }
  }

  private Map<Position, Integer> cheapest() {
    var cheapest = new EnumMap<Position, Integer>(Position.class);
    candidates.forEach(c -> cheapest.merge(c.position(), c.price(), Math::min));
    return cheapest;
  }

  private void addSellingLoss(int i, List<MPConstraint> budgets) {
    MPVariable before = null;
    for (int week = 0; week < request.horizon(); week++) {
      var sold = solver.makeNumVar(0, 1, "");
      row(1, INFINITE).plus(1, sold).plus(1, cells[i][week].squad());
      if (before != null) {
        row(0, INFINITE).plus(1, sold).plus(-1, before);
      }
      budgets.get(week).setCoefficient(sold, candidates.get(i).sellingLoss());
      before = sold;
    }
  }

  private void restrict(Restriction restriction) {
    switch (restriction) {
      case Restriction.Transfers(int count) -> limitFirstTransfers(count, count);
      case Restriction.WildcardNow() -> fixWildcards(List.of(0));
      case Restriction.NotNow(Chip chip) -> forbid(chip);
      case Restriction.Other other -> forbid(other);
    }
  }

  private void forbid(Chip chip) {
    var played = chips.getFirst().get(chip);
    if (played != null) {
      played.setUb(0);
    }
  }

  /* At least one difference: somebody else bought, one of them not bought, or another chip. */
  private void forbid(Restriction.Other other) {
    int same = other.bought().size();
    var different = solver.makeConstraint(-INFINITE, INFINITE);
    for (int i = 0; i < candidates.size(); i++) {
      if (!candidates.get(i).owned()) {
        boolean bought = other.bought().contains(candidates.get(i).id());
        different.setCoefficient(cells[i][0].squad(), bought ? -1 : 1);
      }
    }
    for (var entry : chips.getFirst().entrySet()) {
      boolean played = entry.getKey() == other.chip();
      same += played ? 1 : 0;
      different.setCoefficient(entry.getValue(), played ? -1 : 1);
    }
    different.setLb(1 - same);
  }

  private void onChip(Chip chip, int week, MPConstraint row, double coefficient) {
    var played = chips.get(week).get(chip);
    if (played != null) {
      row.setCoefficient(played, coefficient);
    }
  }

  private Row row(double low, double high) {
    return new Row(solver.makeConstraint(low, high));
  }

  /** A constraint under construction. */
  private record Row(MPConstraint constraint) {
    Row plus(double coefficient, MPVariable variable) {
      constraint.setCoefficient(variable, coefficient);
      return this;
    }
  }

  private MPVariable integer(double low, double high) {
    return solver.makeVar(low, high, !relaxed, "");
  }
}
