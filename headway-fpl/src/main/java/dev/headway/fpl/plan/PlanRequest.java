package dev.headway.fpl.plan;

import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.SquadRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a plan depends on, as plain data.
 *
 * @param rules the rules
 * @param candidates every player that may be owned, the present squad among them; where none of
 *     them is owned, the first week begins with a new squad, free of charge
 * @param horizon weeks, 1 to 8
 * @param bank money in hand, in tenths of a million
 * @param freeTransfers free transfers in the first week, 0 to the cap
 * @param chips chips that may be played
 * @param weights the objective
 * @param restrictions what is demanded
 * @param timeLimit how much processor time the search may take
 */
public record PlanRequest(
    SquadRules rules,
    List<Candidate> candidates,
    int horizon,
    int bank,
    int freeTransfers,
    List<ChipOption> chips,
    PlanWeights weights,
    List<Restriction> restrictions,
    Duration timeLimit) {
  /** Requires a horizon and points for each of its weeks. */
  public PlanRequest {
    candidates = List.copyOf(candidates);
    chips = List.copyOf(chips);
    restrictions = List.copyOf(restrictions);
    if (horizon < 1 || horizon > 8) {
      throw new IllegalArgumentException("The horizon (" + horizon + ") must be 1 to 8");
    }
    for (var candidate : candidates) {
      if (candidate.points().size() < horizon) {
        throw new IllegalArgumentException(
            "Player %d has points for %d weeks, not %d"
                .formatted(candidate.id(), candidate.points().size(), horizon));
      }
    }
  }

  /** The same with other candidates. */
  public PlanRequest withCandidates(List<Candidate> others) {
    return new PlanRequest(
        rules, others, horizon, bank, freeTransfers, chips, weights, restrictions, timeLimit);
  }

  /** The same with other chips. */
  public PlanRequest withChips(List<ChipOption> others) {
    return new PlanRequest(
        rules, candidates, horizon, bank, freeTransfers, others, weights, restrictions, timeLimit);
  }

  /** The same with further demands and another time limit. */
  public PlanRequest restricted(List<Restriction> further, Duration limit) {
    var all = new ArrayList<>(restrictions);
    all.addAll(further);
    return new PlanRequest(
        rules, candidates, horizon, bank, freeTransfers, chips, weights, all, limit);
  }

  /** Whether there is no squad yet: the first week's players are bought without transfers. */
  public boolean fresh() {
    return candidates.stream().noneMatch(Candidate::owned);
  }

  /** The ids of the players that a demand names. */
  public Set<Integer> namedPlayers() {
    var named = new HashSet<Integer>();
    for (var restriction : restrictions) {
      if (restriction instanceof Restriction.Owned(int player, _, _)) {
        named.add(player);
      } else if (restriction instanceof Restriction.NotOwned(int player, _, _)) {
        named.add(player);
      }
    }
    return named;
  }

  /** Whether a chip is demanded, in whatever week. */
  public boolean demands(Chip chip) {
    return restrictions.stream()
        .anyMatch(r -> r instanceof Restriction.Played(Chip played, _) && played == chip);
  }

  /** Whether a player may be fielded in a week, as far as the demands say. */
  public boolean allows(Candidate candidate, int week) {
    return restrictions.stream()
        .noneMatch(r ->
            r instanceof Restriction.NotOwned ban
                && ban.player() == candidate.id()
                && ban.covers(week));
  }

  /** Money in hand once the whole first squad were bought back at present prices. */
  public int wealth() {
    return bank + candidates.stream().filter(Candidate::owned).mapToInt(Candidate::price).sum();
  }

  /** By how many the first squad exceeds the limit per club, for each club where it does. */
  public Map<Integer, Integer> crowdedClubs() {
    var surplus = new HashMap<Integer, Integer>();
    candidates.stream()
        .filter(Candidate::owned)
        .forEach(candidate -> surplus.merge(candidate.club(), 1, Integer::sum));
    surplus.replaceAll((_, owned) -> owned - rules.perClub());
    surplus.values().removeIf(over -> over <= 0);
    return surplus;
  }

  /** Money in hand once the whole first squad were sold. */
  public int proceeds() {
    return bank
        + candidates.stream().filter(Candidate::owned).mapToInt(Candidate::sellingPrice).sum();
  }
}
