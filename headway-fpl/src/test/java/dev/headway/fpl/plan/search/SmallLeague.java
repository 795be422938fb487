package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.plan.model.Schedule;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.Quota;
import dev.headway.fpl.rules.SquadRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
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

  /** A random game of one to five weeks, with none to five free transfers and any of the chips. */
  static PlanRequest generated(long seed) {
    var random = new Random(seed);
    int horizon = 1 + random.nextInt(5);
    var candidates = new ArrayList<Candidate>();
    for (var position : Position.values()) {
      for (int n = 0; n < PER_POSITION; n++) {
        boolean own = n < rules().quota(position).select();
        candidates.add(generated(random, candidates.size() + 1, position, own, horizon));
      }
    }
    var chips = new ArrayList<ChipOption>();
    for (var chip : Chip.values()) {
      int first = random.nextInt(horizon);
      if (random.nextBoolean()) {
        int last = first + random.nextInt(horizon - first);
        var hold =
            random.ints(last - first + 1, -20, 60).mapToObj(tenths -> tenths / 10.0).toList();
        chips.add(new ChipOption(chip, first, last, hold));
      }
    }
    var five =
        new SquadRules(5, 3, 2, 300, rules().quotas(), 5, SquadRules.HIT_COST, rules().sellOnFee());
    return new PlanRequest(
        five,
        candidates,
        horizon,
        random.nextInt(25),
        random.nextInt(6),
        chips,
        PlanWeights.ofCaution(random.nextInt(1, 30) / 10.0),
        List.of(),
        Duration.ofMinutes(10));
  }

  /** A generated game that begins with a first squad. */
  static PlanRequest fresh(long seed) {
    var game = generated(seed);
    var nobody =
        game.candidates().stream()
            .map(c ->
                new Candidate(
                    c.id(), c.position(), c.club(), c.price(), c.price(), false, c.points()))
            .toList();
    var chips =
        game.chips().stream()
            .filter(option -> !option.chip().keepsSavedTransfers() || option.firstWeek() > 0)
            .toList();
    return new PlanRequest(
        game.rules(),
        nobody,
        game.horizon(),
        game.rules().budget(),
        0,
        chips,
        game.weights(),
        List.of(),
        game.timeLimit());
  }

  /** A generated game with demands; not every one has a plan. */
  static PlanRequest demanding(long seed) {
    var game = generated(seed);
    var random = new Random(-seed);
    var chips = List.copyOf(EnumSet.allOf(Chip.class));
    var demands = new ArrayList<Restriction>();
    for (int n = 0; n < 3; n++) {
      int player = 1 + random.nextInt(game.candidates().size());
      int week = random.nextInt(game.horizon());
      var chip = chips.get(random.nextInt(chips.size()));
      demands.add(
          switch (random.nextInt(6)) {
            case 0 -> new Restriction.Owned(player, week, game.horizon() - 1);
            case 1 -> new Restriction.NotOwned(player, 0, game.horizon() - 1);
            case 2 -> new Restriction.NotOwned(player, week, week);
            case 3 -> new Restriction.NoTransfers(week);
            case 4 -> new Restriction.NotPlayed(chip, week);
            default -> new Restriction.Played(chip, week);
          });
    }
    return game.restricted(demands, game.timeLimit());
  }

  /* Three of the five clubs are as likely as all, so that some first squads have three of one. */
  private static Candidate generated(
      Random random, int id, Position position, boolean own, int horizon) {
    int price = 40 + random.nextInt(30);
    int fee = own ? random.nextInt(4) : 0;
    var points = random.ints(horizon, 0, 80).mapToObj(tenths -> tenths / 10.0).toList();
    return new Candidate(id, position, 1 + random.nextInt(5), price, price - fee, own, points);
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
