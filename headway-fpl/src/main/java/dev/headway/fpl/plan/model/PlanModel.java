package dev.headway.fpl.plan.model;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.plan.model.PlanVariables.Cell;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.Position;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The integer program of a plan, for the integer engine or as its linear relaxation. Not safe for
 * use by several threads, except {@link #interrupt()}. Close it: it holds native memory.
 */
public final class PlanModel implements AutoCloseable {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private final PlanRequest request;
  private final PlanWeights weights;
  private final List<Double> freeHitValues;
  private final PlanVariables model;
  private final Map<ChipOption, MPConstraint> plays = new HashMap<>();

  /** Per week, whether no transfer was made up to and in it; empty where no club is crowded. */
  private final List<MPVariable> untouched = new ArrayList<>();

  /**
   * Builds the program.
   *
   * @param freeHitValues weighted value of the best squad of each week, if a free hit may be played
   */
  public PlanModel(PlanRequest request, List<Double> freeHitValues, Engine engine) {
    this.request = request;
    this.weights = request.weights();
    this.freeHitValues = List.copyOf(freeHitValues);
    this.model = new PlanVariables(request, engine);
    addChips();
    var lineUps = new LineUpRows(model);
    var transfers = new TransferRows(model);
    for (int week = 0; week < request.horizon(); week++) {
      addValues(week);
      addSquadRules(week);
      lineUps.addTo(week);
      transfers.addTo(week);
    }
    new MoneyRows(model).add();
    request.restrictions().forEach(this::restrict);
  }

  /** The native solver. */
  public MPSolver solver() {
    return model.solver();
  }

  /**
   * The variables of the candidate at an index in a week: in the squad, bought, starter, captain,
   * vice-captain, on the bench.
   */
  public List<MPVariable> variables(int candidate, int week) {
    return model.cell(candidate, week).all();
  }

  /** The candidates, in the order of the cells. */
  public List<Candidate> candidates() {
    return request.candidates();
  }

  /** The decisions of the solution. */
  public Schedule schedule() {
    var squads = new ArrayList<Set<Integer>>();
    var chips = new ArrayList<@Nullable Chip>();
    for (int week = 0; week < request.horizon(); week++) {
      var squad = new HashSet<Integer>();
      for (int i = 0; i < candidates().size(); i++) {
        if (model.cell(i, week).squad().solutionValue() > 0.5) {
          squad.add(candidates().get(i).id());
        }
      }
      squads.add(squad);
      chips.add(chip(week));
    }
    return new Schedule(squads, chips);
  }

  private @Nullable Chip chip(int week) {
    for (var entry : model.chips(week).entrySet()) {
      if (entry.getValue().solutionValue() > 0.5) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** Narrows the number of transfers of the first week. */
  public void limitFirstTransfers(int fewest, int most) {
    model.transfers(0).setBounds(fewest, most);
  }

  /** Fixes the weeks with a wildcard. */
  public void fixWildcards(List<Integer> weeks) {
    for (int week = 0; week < request.horizon(); week++) {
      var variable = model.chips(week).get(Chip.WILDCARD);
      if (variable != null) {
        double value = weeks.contains(week) ? 1 : 0;
        variable.setBounds(value, value);
      }
    }
  }

  /** Demands that a chip is played, or no longer does. */
  public void demand(ChipOption option, boolean demanded) {
    var once = plays.get(option);
    if (once != null) {
      once.setLb(demanded ? 1 : -INFINITE);
    }
  }

  /** Demands a value above one that is already known to be possible. */
  public void demandMoreThan(double value) {
    var row = model.constraint(value - offset(), INFINITE);
    for (var variable : solver().variables()) {
      double coefficient = model.objective().getCoefficient(variable);
      if (coefficient != 0) {
        row.setCoefficient(variable, coefficient);
      }
    }
  }

  /** The value of the solution. */
  public double value() {
    return model.objective().value() + offset();
  }

  /** The upper bound of every solution, as far as the engine knows. */
  public double bound() {
    return model.objective().bestBound() + offset();
  }

  /** Stops a running search soon; callable from any thread. */
  public void interrupt() {
    solver().interruptSolve();
  }

  @Override
  public void close() {
    solver().delete();
  }

  /* The value of the transfers saved at the start: a constant, since only changes count. */
  private double offset() {
    return -weights.caution() * weights.savedValue(request.freeTransfers());
  }

  private void addChips() {
    for (var option : request.chips()) {
      var once = model.constraint(-INFINITE, 1);
      plays.put(option, once);
      for (int week = 0; week < request.horizon(); week++) {
        if (option.covers(week)) {
          var played = model.integer(0, 1);
          model.objective().setCoefficient(played, -weights.caution() * option.holdValue(week));
          once.setCoefficient(played, 1);
          model.chips(week).put(option.chip(), played);
        }
      }
    }
    for (int week = 0; week < request.horizon(); week++) {
      var oneAWeek = model.constraint(-INFINITE, 1);
      model.chips(week).values().forEach(played -> oneAWeek.setCoefficient(played, 1));
      addFreeHit(week);
    }
  }

  private void addFreeHit(int week) {
    var played = model.chips(week).get(Chip.FREE_HIT);
    if (played == null) {
      return;
    }
    double gain = weights.ofWeek(week) * freeHitValues.get(week);
    model.objective().setCoefficient(played, model.objective().getCoefficient(played) + gain);
    var next = week + 1 < request.horizon() ? model.chips(week + 1).get(Chip.FREE_HIT) : null;
    if (next != null) {
      // The game does not allow free hits in two gameweeks running.
      var apart = model.constraint(-INFINITE, 1);
      apart.setCoefficient(played, 1);
      apart.setCoefficient(next, 1);
    }
  }

  private void addValues(int week) {
    for (int i = 0; i < candidates().size(); i++) {
      value(model.cell(i, week), candidates().get(i), week);
    }
  }

  private void value(Cell cell, Candidate candidate, int week) {
    double points = weights.ofWeek(week) * candidate.points(week);
    double bench =
        candidate.position() == Position.GOALKEEPER
            ? weights.benchKeeper()
            : weights.benchOutfield();
    model.objective().setCoefficient(cell.starter(), points);
    model.objective().setCoefficient(cell.captain(), 2 * points);
    model
        .objective()
        .setCoefficient(cell.vice(), points * (1 + weights.caution() * weights.vice()));
    model.objective().setCoefficient(cell.bench(), points * weights.caution() * bench);
  }

  private void addSquadRules(int week) {
    var clubs = new HashMap<Integer, MPConstraint>();
    var positions = new EnumMap<Position, MPConstraint>(Position.class);
    for (int i = 0; i < request.candidates().size(); i++) {
      var candidate = request.candidates().get(i);
      var squad = model.cell(i, week).squad();
      clubs
          .computeIfAbsent(
              candidate.club(), club -> model.constraint(-INFINITE, request.rules().perClub()))
          .setCoefficient(squad, 1);
      int select = request.rules().quota(candidate.position()).select();
      positions
          .computeIfAbsent(candidate.position(), position -> model.constraint(select, select))
          .setCoefficient(squad, 1);
    }
    addCrowdedClubs(week, clubs);
  }

  /*
   * A player who moves clubs may be the fourth of his new one. The game lets the squad stand as it
   * is until the next transfer, after which the limit holds for every club.
   */
  private void addCrowdedClubs(int week, Map<Integer, MPConstraint> clubs) {
    var crowded = request.crowdedClubs();
    if (crowded.isEmpty()) {
      return;
    }
    int all = request.rules().squadSize();
    var still = model.integer(0, 1);
    model.row(-INFINITE, all).plus(1, model.transfers(week)).plus(all, still);
    if (week > 0) {
      model.row(-INFINITE, 0).plus(1, still).plus(-1, untouched.getLast());
    }
    untouched.add(still);
    crowded.forEach((club, surplus) -> {
      var limit = clubs.get(club);
      if (limit != null) {
        limit.setCoefficient(still, -surplus);
      }
    });
  }

  private void restrict(Restriction restriction) {
    switch (restriction) {
      case Restriction.Transfers(int count) -> limitFirstTransfers(count, count);
      case Restriction.NoTransfers(int week) -> model.transfers(week).setBounds(0, 0);
      case Restriction.Other other -> forbid(other);
      case Restriction.Played(Chip chip, int week) -> bound(chip, week, 1);
      case Restriction.NotPlayed(Chip chip, int week) -> bound(chip, week, 0);
      case Restriction.Owned(int player, int first, int last) -> bound(player, first, last, 1);
      case Restriction.NotOwned(int player, int first, int last) -> bound(player, first, last, 0);
    }
  }

  /* A chip that cannot be played leaves a demand for it nothing to hold, and no plan. */
  private void bound(Chip chip, int week, double value) {
    var demanded = model.row(value, value);
    var played = model.chips(week).get(chip);
    if (played != null) {
      demanded.plus(1, played);
    }
  }

  private void bound(int player, int first, int last, double value) {
    for (int i = 0; i < candidates().size(); i++) {
      if (candidates().get(i).id() == player) {
        for (int week = first; week <= last; week++) {
          model.cell(i, week).squad().setBounds(value, value);
        }
      }
    }
  }

  /* At least one difference: somebody else bought, one of them not bought, or another chip. */
  private void forbid(Restriction.Other other) {
    int same = other.bought().size();
    var different = model.constraint(-INFINITE, INFINITE);
    for (int i = 0; i < request.candidates().size(); i++) {
      if (!request.candidates().get(i).owned()) {
        boolean bought = other.bought().contains(request.candidates().get(i).id());
        different.setCoefficient(model.cell(i, 0).squad(), bought ? -1 : 1);
      }
    }
    for (var entry : model.chips(0).entrySet()) {
      boolean played = entry.getKey() == other.chip();
      same += played ? 1 : 0;
      different.setCoefficient(entry.getValue(), played ? -1 : 1);
    }
    different.setLb(1 - same);
  }
}
