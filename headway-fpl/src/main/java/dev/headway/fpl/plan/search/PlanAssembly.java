package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUp;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.plan.model.Schedule;
import dev.headway.fpl.rules.Chip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works a schedule out by the rules: transfers, hits, money, line-ups and the weighted value. It
 * knows nothing of the integer program, so the two check each other.
 */
final class PlanAssembly {
  private final PlanRequest request;
  private final Map<Integer, Candidate> byId = new HashMap<>();
  private final LineUps lineUps;
  private final List<List<Integer>> freeHitSquads;

  /**
   * An assembly for a request.
   *
   * @param freeHitSquads the squad that a free hit would field in each week; empty without one
   */
  PlanAssembly(PlanRequest request, List<List<Integer>> freeHitSquads) {
    this.request = request;
    this.freeHitSquads = List.copyOf(freeHitSquads);
    this.lineUps = new LineUps(request.rules(), request.weights());
    request.candidates().forEach(c -> byId.put(c.id(), c));
  }

  /** A plan and its value; the bound is not known here. */
  record Assembled(List<PlannedWeek> weeks, double value) {}

  /** The plan of a schedule. */
  Assembled assemble(Schedule schedule) {
    var weeks = new ArrayList<PlannedWeek>();
    var sold = new HashSet<Integer>();
    int free = request.freeTransfers();
    double value = 0;
    Set<Integer> before = owned();
    for (int week = 0; week < request.horizon(); week++) {
      var squad = schedule.squads().get(week);
      var chip = schedule.chips().get(week);
      var bought = minus(squad, before);
      var gone = minus(before, squad);
      sold.addAll(gone);
      boolean rebuilt = chip == Chip.WILDCARD || before.isEmpty();
      int hits = rebuilt ? 0 : Math.max(0, bought.size() - free);
      int next = before.isEmpty() ? 1 : nextFreeTransfers(free, bought.size(), chip);
      var fielded = members(chip == Chip.FREE_HIT ? Set.copyOf(freeHitSquads.get(week)) : squad);
      var lineUp = lineUp(fielded, week, chip);
      double points = points(lineUp, fielded, week, chip) - hits * request.rules().hitCost();
      weeks.add(
          new PlannedWeek(
              week,
              ids(fielded),
              bought,
              gone,
              free,
              hits,
              bank(squad, sold),
              chip,
              lineUp,
              points));
      value += value(week, fielded, lineUp, chip) - cost(week, hits, free, next);
      value -= weights().caution() * hold(chip, week);
      free = next;
      before = squad;
    }
    return new Assembled(weeks, value);
  }

  private int nextFreeTransfers(int free, int made, @Nullable Chip chip) {
    return request
        .rules()
        .nextFreeTransfers(free, made, chip != null && chip.keepsSavedTransfers());
  }

  private double value(int week, List<Candidate> squad, LineUp lineUp, @Nullable Chip chip) {
    double value = lineUps.value(lineUp, squad, c -> c.points(week));
    double extra = chip == Chip.TRIPLE_CAPTAIN ? captainPoints(lineUp, week) : 0;
    return weights().ofWeek(week) * (value + extra);
  }

  private double cost(int week, int hits, int free, int next) {
    double gained = weights().savedValue(next) - weights().savedValue(free);
    return weights().ofWeek(week)
        * weights().caution()
        * (hits * request.rules().hitCost() - gained);
  }

  private double hold(@Nullable Chip chip, int week) {
    return request.chips().stream()
        .filter(option -> option.chip() == chip && option.covers(week))
        .mapToDouble(option -> option.holdValue(week))
        .findFirst()
        .orElse(0);
  }

  private LineUp lineUp(List<Candidate> squad, int week, @Nullable Chip chip) {
    return chip == Chip.BENCH_BOOST
        ? lineUps.everybody(squad, c -> c.points(week))
        : lineUps.best(squad, c -> c.points(week));
  }

  private double points(LineUp lineUp, List<Candidate> squad, int week, @Nullable Chip chip) {
    return LineUps.points(lineUp, squad, c -> c.points(week))
        + (chip == Chip.TRIPLE_CAPTAIN ? captainPoints(lineUp, week) : 0);
  }

  private double captainPoints(LineUp lineUp, int week) {
    return candidate(lineUp.captain()).points(week);
  }

  private int bank(Set<Integer> squad, Set<Integer> sold) {
    int fees = sold.stream().mapToInt(id -> candidate(id).sellingLoss()).sum();
    return request.wealth() - fees - squad.stream().mapToInt(id -> candidate(id).price()).sum();
  }

  private Set<Integer> owned() {
    var owned = new HashSet<Integer>();
    request.candidates().stream().filter(Candidate::owned).forEach(c -> owned.add(c.id()));
    return owned;
  }

  private List<Candidate> members(Set<Integer> squad) {
    return squad.stream().sorted().map(this::candidate).toList();
  }

  private Candidate candidate(int id) {
    var candidate = byId.get(id);
    if (candidate == null) {
      throw new IllegalArgumentException("Player " + id + " is not a candidate");
    }
    return candidate;
  }

  private PlanWeights weights() {
    return request.weights();
  }

  private static List<Integer> ids(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::id).toList();
  }

  private static List<Integer> minus(Set<Integer> from, Set<Integer> others) {
    return from.stream().filter(id -> !others.contains(id)).sorted().toList();
  }
}
