package dev.headway.fpl.plan.search;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.Position;
import dev.headway.solver.OrTools;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A second formulation of the plan, written from the rules alone: every sale and purchase is a
 * variable, money flows from week to week, and a week's transfers, free transfers and chip are one
 * choice among all combinations. It is solved by CBC, where the product uses SCIP.
 */
final class CashFlowPlan {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  /** A week's choice: free transfers before it, transfers made, chip played. */
  private record Choice(int free, int made, @Nullable Chip chip) {}

  private final PlanRequest request;
  private final MPSolver solver;
  private final List<Map<Choice, MPVariable>> choices = new ArrayList<>();
  private final List<MPVariable[]> fieldedByWeek = new ArrayList<>();
  private final int players;

  private CashFlowPlan(PlanRequest request) {
    OrTools.load();
    this.request = request;
    this.players = request.candidates().size();
    this.solver = MPSolver.createSolver("CBC");
    solver.objective().setMaximization();
  }

  /** The value of the best plan; empty where no plan obeys the demands. */
  static OptionalDouble best(PlanRequest request) {
    var plan = new CashFlowPlan(request);
    try {
      plan.build();
      return switch (plan.solver.solve()) {
        case OPTIMAL -> OptionalDouble.of(plan.solver.objective().value());
        case INFEASIBLE -> OptionalDouble.empty();
        case FEASIBLE, UNBOUNDED, ABNORMAL, NOT_SOLVED, MODEL_INVALID ->
            throw new IllegalStateException("The second formulation was not solved");
      };
    } finally {
      plan.solver.delete();
    }
  }

  private void build() {
    var squad = new ArrayList<MPVariable[]>();
    var bought = new ArrayList<MPVariable[]>();
    for (int week = 0; week < request.horizon(); week++) {
      squad.add(variables());
      bought.add(variables());
      legal(squad.get(week), week, bought);
    }
    cash(squad, bought);
    for (int week = 0; week < request.horizon(); week++) {
      choose(week, bought.get(week));
      field(week, squad.get(week));
    }
    eachChipOnce();
    freeHitsApart();
    request.restrictions().forEach(demand -> obey(demand, squad, bought));
  }

  private void obey(Restriction demand, List<MPVariable[]> squad, List<MPVariable[]> bought) {
    switch (demand) {
      case Restriction.Owned(int player, int first, int last) -> set(squad, player, first, last, 1);
      case Restriction.NotOwned(int player, int first, int last) -> {
        set(squad, player, first, last, 0);
        set(fieldedByWeek, player, first, last, 0);
      }
      case Restriction.NoTransfers(int week) ->
          sum(solver.makeConstraint(0, 0), bought.get(week), 1);
      case Restriction.Played(Chip chip, int week) -> count(chip, week, 1);
      case Restriction.NotPlayed(Chip chip, int week) -> count(chip, week, 0);
      case Restriction.Transfers _, Restriction.Other _ ->
          throw new IllegalArgumentException("Not in this formulation: " + demand);
    }
  }

  private void set(List<MPVariable[]> squad, int player, int first, int last, double value) {
    for (int i = 0; i < players; i++) {
      if (candidate(i).id() == player) {
        for (int week = first; week <= last; week++) {
          squad.get(week)[i].setBounds(value, value);
        }
      }
    }
  }

  private void count(Chip chip, int week, double times) {
    var row = solver.makeConstraint(times, times);
    choices
        .get(week)
        .forEach((choice, way) -> {
          if (choice.chip() == chip) {
            row.setCoefficient(way, 1);
          }
        });
  }

  private boolean firstSquad(int week) {
    return week == 0 && request.fresh();
  }

  private MPVariable[] variables() {
    return solver.makeBoolVarArray(players);
  }

  private List<MPVariable> roles() {
    return List.of(variables());
  }

  private Candidate candidate(int i) {
    return request.candidates().get(i);
  }

  private void legal(MPVariable[] squad, int week, List<MPVariable[]> bought) {
    quotas(squad);
    for (int club = 0; club <= 20; club++) {
      var limit = solver.makeConstraint(-INFINITE, request.rules().perClub());
      int owned = 0;
      for (int i = 0; i < players; i++) {
        if (candidate(i).club() == club) {
          limit.setCoefficient(squad[i], 1);
          owned += candidate(i).owned() ? 1 : 0;
        }
      }
      int surplus = owned - request.rules().perClub();
      if (surplus > 0) {
        var still = solver.makeBoolVar("");
        limit.setCoefficient(still, -surplus);
        var none = solver.makeConstraint(-INFINITE, 100);
        none.setCoefficient(still, 100);
        bought.subList(0, week + 1).forEach(all -> sum(none, all, 1));
      }
    }
  }

  private void quotas(MPVariable[] squad) {
    for (var position : Position.values()) {
      int select = request.rules().quota(position).select();
      var quota = solver.makeConstraint(select, select);
      for (int i = 0; i < players; i++) {
        if (candidate(i).position() == position) {
          quota.setCoefficient(squad[i], 1);
        }
      }
    }
  }

  private static void sum(MPConstraint row, MPVariable[] variables, double coefficient) {
    for (var variable : variables) {
      row.setCoefficient(variable, coefficient);
    }
  }

  /* A player who was owned at the start brings his selling price once; bought again, his price. */
  private void cash(List<MPVariable[]> squad, List<MPVariable[]> bought) {
    MPVariable before = null;
    var original = new MPVariable[players];
    for (int week = 0; week < request.horizon(); week++) {
      var bank = solver.makeNumVar(0, INFINITE, "");
      double start = week == 0 ? request.bank() : 0;
      var flow = solver.makeConstraint(start, start);
      flow.setCoefficient(bank, 1);
      if (before != null) {
        flow.setCoefficient(before, -1);
      }
      for (int i = 0; i < players; i++) {
        var first = solver.makeBoolVar("");
        var again = solver.makeBoolVar("");
        flow.setCoefficient(first, -candidate(i).sellingPrice());
        flow.setCoefficient(again, -candidate(i).price());
        flow.setCoefficient(bought.get(week)[i], candidate(i).price());
        trade(squad, bought, week, i, List.of(first, again));
        keepOriginal(original, i, week, squad.get(week)[i], first);
      }
      before = bank;
    }
  }

  private void trade(
      List<MPVariable[]> squad, List<MPVariable[]> bought, int week, int i, List<MPVariable> sold) {
    double had = week == 0 && candidate(i).owned() ? 1 : 0;
    var balance = solver.makeConstraint(had, had);
    balance.setCoefficient(squad.get(week)[i], 1);
    balance.setCoefficient(bought.get(week)[i], -1);
    sold.forEach(sale -> balance.setCoefficient(sale, 1));
    if (week > 0) {
      balance.setCoefficient(squad.get(week - 1)[i], -1);
    }
    var once = solver.makeConstraint(-INFINITE, 1);
    once.setCoefficient(bought.get(week)[i], 1);
    sold.forEach(sale -> once.setCoefficient(sale, 1));
  }

  private void keepOriginal(
      MPVariable[] original, int i, int week, MPVariable inSquad, MPVariable first) {
    var still = solver.makeBoolVar("");
    double had = week == 0 && candidate(i).owned() ? 1 : 0;
    var balance = solver.makeConstraint(had, had);
    balance.setCoefficient(still, 1);
    balance.setCoefficient(first, 1);
    if (week > 0) {
      balance.setCoefficient(original[i], -1);
    }
    var present = solver.makeConstraint(-INFINITE, 0);
    present.setCoefficient(still, 1);
    present.setCoefficient(inSquad, -1);
    original[i] = still;
  }

  private void choose(int week, MPVariable[] bought) {
    var ways = new LinkedHashMap<Choice, MPVariable>();
    var one = solver.makeConstraint(1, 1);
    var made = solver.makeConstraint(0, 0);
    sum(made, bought, -1);
    for (int free = 0; free <= request.rules().freeTransferCap(); free++) {
      for (int n = 0; n <= request.rules().squadSize(); n++) {
        for (var chip : playable(week)) {
          var choice = new Choice(free, n, chip.orElse(null));
          if (choice.chip() != Chip.FREE_HIT || n == 0) {
            var way = solver.makeBoolVar("");
            ways.put(choice, way);
            one.setCoefficient(way, 1);
            made.setCoefficient(way, n);
            solver.objective().setCoefficient(way, worth(choice, week));
          }
        }
      }
    }
    choices.add(ways);
    follow(week, ways);
  }

  private void follow(int week, Map<Choice, MPVariable> ways) {
    for (int free = 0; free <= request.rules().freeTransferCap(); free++) {
      double start = week == 0 && free == request.freeTransfers() ? 1 : 0;
      var flow = solver.makeConstraint(start, start);
      int wanted = free;
      ways.forEach((choice, way) -> {
        if (choice.free() == wanted) {
          flow.setCoefficient(way, 1);
        }
      });
      if (week > 0) {
        choices
            .get(week - 1)
            .forEach((choice, way) -> {
              if (next(choice, week - 1) == wanted) {
                flow.setCoefficient(way, -1);
              }
            });
      }
    }
  }

  private List<Optional<Chip>> playable(int week) {
    var chips = new ArrayList<Optional<Chip>>(List.of(Optional.empty()));
    request.chips().stream()
        .filter(option -> option.covers(week))
        .forEach(option -> chips.add(Optional.of(option.chip())));
    return chips;
  }

  private int next(Choice choice, int week) {
    if (firstSquad(week)) {
      return 1;
    }
    if (choice.chip() == Chip.WILDCARD || choice.chip() == Chip.FREE_HIT) {
      return Math.max(1, choice.free());
    }
    int left = Math.max(0, choice.free() - choice.made());
    return Math.min(request.rules().freeTransferCap(), left + 1);
  }

  private double worth(Choice choice, int week) {
    boolean rebuilt = choice.chip() == Chip.WILDCARD || firstSquad(week);
    int hits = rebuilt ? 0 : Math.max(0, choice.made() - choice.free());
    double saved = saved(next(choice, week)) - saved(choice.free());
    double hold =
        request.chips().stream()
            .filter(option -> option.chip() == choice.chip() && option.covers(week))
            .mapToDouble(option -> option.holdValue(week))
            .sum();
    double weekly = saved - hits * request.rules().hitCost();
    return request.weights().caution()
        * (Math.pow(request.weights().decay(), week) * weekly - hold);
  }

  /* The second, third, … saved transfer has a value each; none and one have none. */
  private double saved(int free) {
    double value = 0;
    for (int n = 2; n <= free; n++) {
      var values = request.weights().savedTransfers();
      value += n - 2 < values.size() ? values.get(n - 2) : 0;
    }
    return value;
  }

  /** One of the roles of a week's line-up, a variable a player. */
  private record LineUpVariables(
      List<MPVariable> starts,
      List<MPVariable> captain,
      List<MPVariable> vice,
      List<MPVariable> counts) {}

  private void field(int week, MPVariable[] squad) {
    var hit = chip(week, Chip.FREE_HIT);
    var fielded = variables();
    fieldedByWeek.add(fielded);
    quotas(fielded);
    for (int i = 0; i < players; i++) {
      // Without a free hit the squad itself plays.
      same(fielded[i], squad[i], hit);
    }
    hire(week, fielded, hit);
    var line = new LineUpVariables(roles(), roles(), roles(), roles());
    lineUp(line, fielded);
    bench(week, line, fielded);
    triple(week, line.captain());
  }

  private void same(MPVariable one, MPVariable other, Optional<MPVariable> unless) {
    for (int sign : new int[] {1, -1}) {
      var row = solver.makeConstraint(-INFINITE, 0);
      row.setCoefficient(one, sign);
      row.setCoefficient(other, -sign);
      unless.ifPresent(chip -> row.setCoefficient(chip, -1));
    }
  }

  private void atMost(MPVariable low, MPVariable high) {
    var row = solver.makeConstraint(-INFINITE, 0);
    row.setCoefficient(low, 1);
    row.setCoefficient(high, -1);
  }

  /* A free hit has all the money; before the first week its own players cost what they bring. */
  private void hire(int week, MPVariable[] fielded, Optional<MPVariable> hit) {
    if (hit.isEmpty()) {
      return;
    }
    double money = request.proceeds();
    double all = request.candidates().stream().mapToInt(Candidate::price).sum();
    var budget = solver.makeConstraint(-INFINITE, money + all);
    budget.setCoefficient(hit.get(), all);
    for (int i = 0; i < players; i++) {
      budget.setCoefficient(
          fielded[i], week == 0 ? candidate(i).sellingPrice() : candidate(i).price());
    }
    for (int club = 0; club <= 20; club++) {
      var limit = solver.makeConstraint(-INFINITE, request.rules().perClub() + players);
      limit.setCoefficient(hit.get(), players);
      for (int i = 0; i < players; i++) {
        if (candidate(i).club() == club) {
          limit.setCoefficient(fielded[i], 1);
        }
      }
    }
  }

  private void lineUp(LineUpVariables line, MPVariable[] fielded) {
    exactly(line.starts(), request.rules().starters());
    exactly(line.captain(), 1);
    exactly(line.vice(), 1);
    for (int i = 0; i < players; i++) {
      atMost(line.starts().get(i), fielded[i]);
      var role = solver.makeConstraint(-INFINITE, 0);
      role.setCoefficient(line.captain().get(i), 1);
      role.setCoefficient(line.vice().get(i), 1);
      role.setCoefficient(line.starts().get(i), -1);
    }
    for (var position : Position.values()) {
      var quota = request.rules().quota(position);
      var row = solver.makeConstraint(quota.minPlay(), quota.maxPlay());
      for (int i = 0; i < players; i++) {
        if (candidate(i).position() == position) {
          row.setCoefficient(line.starts().get(i), 1);
        }
      }
    }
  }

  private void exactly(List<MPVariable> variables, int number) {
    var row = solver.makeConstraint(number, number);
    variables.forEach(variable -> row.setCoefficient(variable, 1));
  }

  /* A substitute counts whole with a bench boost, else for the share that is insured. */
  private void bench(int week, LineUpVariables line, MPVariable[] fielded) {
    var boost = chip(week, Chip.BENCH_BOOST);
    double weight = Math.pow(request.weights().decay(), week);
    for (int i = 0; i < players; i++) {
      double points = weight * candidate(i).points(week);
      boolean keeper = candidate(i).position() == Position.GOALKEEPER;
      double caution = request.weights().caution();
      double insured =
          caution * (keeper ? request.weights().benchKeeper() : request.weights().benchOutfield());
      var objective = solver.objective();
      objective.setCoefficient(line.starts().get(i), points * (1 - insured));
      objective.setCoefficient(fielded[i], points * insured);
      objective.setCoefficient(line.captain().get(i), points);
      objective.setCoefficient(line.vice().get(i), points * caution * request.weights().vice());
      objective.setCoefficient(line.counts().get(i), points * (1 - insured));
      var benched = solver.makeConstraint(-INFINITE, 0);
      benched.setCoefficient(line.counts().get(i), 1);
      benched.setCoefficient(fielded[i], -1);
      benched.setCoefficient(line.starts().get(i), 1);
      atMost(line.counts().get(i), boost);
    }
  }

  private void atMost(MPVariable low, Optional<MPVariable> high) {
    high.ifPresentOrElse(chip -> atMost(low, chip), () -> low.setUb(0));
  }

  private void triple(int week, List<MPVariable> captain) {
    var chip = chip(week, Chip.TRIPLE_CAPTAIN);
    if (chip.isEmpty()) {
      return;
    }
    for (int i = 0; i < players; i++) {
      var third = solver.makeBoolVar("");
      atMost(third, captain.get(i));
      atMost(third, chip.get());
      double weight = Math.pow(request.weights().decay(), week);
      solver.objective().setCoefficient(third, weight * candidate(i).points(week));
    }
  }

  /* Whether a chip is played in a week; empty where it may not be. */
  private Optional<MPVariable> chip(int week, Chip chip) {
    if (request.chips().stream().noneMatch(o -> o.chip() == chip && o.covers(week))) {
      return Optional.empty();
    }
    var played = solver.makeBoolVar("");
    var sum = solver.makeConstraint(0, 0);
    sum.setCoefficient(played, -1);
    choices
        .get(week)
        .forEach((choice, way) -> {
          if (choice.chip() == chip) {
            sum.setCoefficient(way, 1);
          }
        });
    return Optional.of(played);
  }

  private void eachChipOnce() {
    for (var option : request.chips()) {
      var once = solver.makeConstraint(-INFINITE, 1);
      for (int week = 0; week < request.horizon(); week++) {
        if (option.covers(week)) {
          int at = week;
          choices
              .get(at)
              .forEach((choice, way) -> {
                if (choice.chip() == option.chip()) {
                  once.setCoefficient(way, 1);
                }
              });
        }
      }
    }
  }

  private void freeHitsApart() {
    for (int week = 1; week < request.horizon(); week++) {
      var apart = solver.makeConstraint(-INFINITE, 1);
      for (int at : new int[] {week - 1, week}) {
        choices
            .get(at)
            .forEach((choice, way) -> {
              if (choice.chip() == Chip.FREE_HIT) {
                apart.setCoefficient(way, 1);
              }
            });
      }
    }
  }
}
