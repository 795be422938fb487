package dev.headway.fpl.plan;

import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.Quota;
import dev.headway.fpl.rules.SquadRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A game of five-player squads, small enough to try every plan. */
final class SmallLeague {
  private static final int PER_POSITION = 3;

  private SmallLeague() {}

  static SquadRules rules() {
    var quotas = new EnumMap<Position, Quota>(Position.class);
    quotas.put(Position.GOALKEEPER, new Quota(1, 1, 1));
    quotas.put(Position.DEFENDER, new Quota(2, 1, 2));
    quotas.put(Position.MIDFIELDER, new Quota(1, 0, 1));
    quotas.put(Position.FORWARD, new Quota(1, 0, 1));
    return new SquadRules(5, 3, 2, 300, quotas, 3, 4, 0.5);
  }

  /** A random game with a random first squad. */
  static PlanRequest random(long seed, PlanWeights weights, List<ChipOption> chips) {
    var random = new Random(seed);
    var candidates = new ArrayList<Candidate>();
    int id = 1;
    for (var position : Position.values()) {
      int owned = rules().quota(position).select();
      for (int n = 0; n < PER_POSITION; n++) {
        int price = 40 + random.nextInt(30);
        boolean own = n < owned;
        int fee = own ? random.nextInt(4) : 0;
        var points = List.of(random.nextInt(80) / 10.0, random.nextInt(80) / 10.0);
        candidates.add(new Candidate(id, position, 1 + id % 5, price, price - fee, own, points));
        id++;
      }
    }
    return new PlanRequest(
        rules(),
        candidates,
        2,
        random.nextInt(25),
        random.nextInt(3),
        chips,
        weights,
        List.of(),
        Duration.ofMinutes(1));
  }

  /** The best value among all plans without a free hit, by trying them all. */
  static double bestByTrying(PlanRequest request) {
    var assembly = new PlanAssembly(request, List.of());
    double best = Double.NEGATIVE_INFINITY;
    var squads = squads(request.candidates());
    var none = new ArrayList<@Nullable Chip>(List.of());
    none.add(null);
    request.chips().forEach(option -> none.add(option.chip()));
    for (var first : squads) {
      for (var second : squads) {
        for (var firstChip : none) {
          for (var secondChip : none) {
            if (allowed(request, firstChip, secondChip)) {
              best = Math.max(best, value(assembly, List.of(first, second), firstChip, secondChip));
            }
          }
        }
      }
    }
    return best;
  }

  private static boolean allowed(PlanRequest request, @Nullable Chip first, @Nullable Chip second) {
    return (first == null || first != second)
        && playable(request, first, 0)
        && playable(request, second, 1);
  }

  private static boolean playable(PlanRequest request, @Nullable Chip chip, int week) {
    return chip == null
        || request.chips().stream().anyMatch(o -> o.chip() == chip && o.covers(week));
  }

  private static double value(
      PlanAssembly assembly,
      List<Set<Integer>> squads,
      @Nullable Chip first,
      @Nullable Chip second) {
    var chips = new ArrayList<@Nullable Chip>();
    chips.add(first);
    chips.add(second);
    var plan = assembly.assemble(new Schedule(squads, chips));
    boolean paid = plan.weeks().stream().allMatch(week -> week.bank() >= 0);
    return paid ? plan.value() : Double.NEGATIVE_INFINITY;
  }

  private static List<Set<Integer>> squads(List<Candidate> candidates) {
    var partial = List.<Set<Integer>>of(Set.of());
    for (var position : Position.values()) {
      for (int n = 0; n < rules().quota(position).select(); n++) {
        var longer = new HashSet<Set<Integer>>();
        for (var squad : partial) {
          for (var candidate : candidates) {
            if (candidate.position() == position && !squad.contains(candidate.id())) {
              var extended = new HashSet<>(squad);
              extended.add(candidate.id());
              longer.add(Set.copyOf(extended));
            }
          }
        }
        partial = List.copyOf(longer);
      }
    }
    return partial.stream().filter(squad -> clubsAllowed(squad, candidates)).toList();
  }

  private static boolean clubsAllowed(Set<Integer> squad, List<Candidate> candidates) {
    for (int club = 1; club <= 5; club++) {
      int wanted = club;
      long members =
          candidates.stream().filter(c -> c.club() == wanted && squad.contains(c.id())).count();
      if (members > rules().perClub()) {
        return false;
      }
    }
    return true;
  }
}
