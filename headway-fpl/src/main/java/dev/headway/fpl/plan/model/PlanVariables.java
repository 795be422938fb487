package dev.headway.fpl.plan.model;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.rules.Chip;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The variables of a plan's program, and what its rows are made with. */
final class PlanVariables {
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

  /** A constraint under construction. */
  record Row(MPConstraint constraint) {
    Row plus(double coefficient, MPVariable variable) {
      constraint.setCoefficient(variable, coefficient);
      return this;
    }
  }

  private final PlanRequest request;
  private final MPSolver solver;
  private final boolean relaxed;
  private final Cell[][] cells;
  private final Row[][] roles;
  private final List<Map<Chip, MPVariable>> chips = new ArrayList<>();
  private final List<MPVariable> transfers = new ArrayList<>();
  private final List<MPVariable> free = new ArrayList<>();

  PlanVariables(PlanRequest request, Engine engine) {
    this.request = request;
    this.relaxed = engine == Engine.GLOP;
    this.solver = MPSolver.createSolver(engine.name());
    this.cells = new Cell[request.candidates().size()][request.horizon()];
    this.roles = new Row[request.candidates().size()][request.horizon()];
    objective().setMaximization();
    for (int week = 0; week < request.horizon(); week++) {
      chips.add(new EnumMap<>(Chip.class));
    }
    addCells();
    addCounts();
  }

  PlanRequest request() {
    return request;
  }

  MPSolver solver() {
    return solver;
  }

  MPObjective objective() {
    return solver.objective();
  }

  Cell cell(int candidate, int week) {
    return cells[candidate][week];
  }

  /** The row that gives a player's place in the squad to at most one of his roles. */
  Row roles(int candidate, int week) {
    return roles[candidate][week];
  }

  /** The chips that may be played in a week. */
  Map<Chip, MPVariable> chips(int week) {
    return chips.get(week);
  }

  /** The transfers made in a week. */
  MPVariable transfers(int week) {
    return transfers.get(week);
  }

  /** The free transfers before a week; one week more than the horizon has. */
  MPVariable free(int week) {
    return free.get(week);
  }

  MPVariable integer(double low, double high) {
    return solver.makeVar(low, high, !relaxed, "");
  }

  MPVariable number(double low, double high) {
    return solver.makeNumVar(low, high, "");
  }

  MPConstraint constraint(double low, double high) {
    return solver.makeConstraint(low, high);
  }

  Row row(double low, double high) {
    return new Row(constraint(low, high));
  }

  /** Gives a chip a place in a row, where it may be played at all. */
  void onChip(Chip chip, int week, MPConstraint row, double coefficient) {
    var played = chips.get(week).get(chip);
    if (played != null) {
      row.setCoefficient(played, coefficient);
    }
  }

  private void addCells() {
    for (int i = 0; i < cells.length; i++) {
      for (int week = 0; week < request.horizon(); week++) {
        var squad = integer(0, 1);
        // In the first week whoever is new has been bought; there the squad variable says both.
        var bought = week == 0 ? squad : number(0, 1);
        cells[i][week] =
            new Cell(squad, bought, integer(0, 1), number(0, 1), number(0, 1), number(0, 1));
        link(i, week);
      }
    }
  }

  private void link(int i, int week) {
    var cell = cells[i][week];
    var row = row(0, INFINITE).plus(1, cell.squad()).plus(-1, cell.bench());
    cell.playing().forEach(role -> row.plus(-1, role));
    roles[i][week] = row;
    if (week > 0) {
      var before = cells[i][week - 1].squad();
      row(0, INFINITE).plus(1, cell.bought()).plus(-1, cell.squad()).plus(1, before);
    }
  }

  private void addCounts() {
    free.add(integer(request.freeTransfers(), request.freeTransfers()));
    for (int week = 0; week < request.horizon(); week++) {
      free.add(integer(1, request.rules().freeTransferCap()));
      transfers.add(integer(0, request.rules().squadSize()));
    }
  }
}
