package dev.headway.fpl.robust;

import dev.headway.fpl.plan.PlannedWeek;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The plans of the trials so far: how often each begins as was advised, and how often otherwise.
 * For one thread.
 */
public final class Robustness {
  /* What else there is says little and fills the progress of a job. */
  private static final int MOST = 8;

  private final FirstWeek advised;
  private final Map<Integer, String> names;
  private final int trials;
  private final Map<FirstWeek, Integer> decisions = new HashMap<>();
  private final Map<Integer, Integer> bought = new HashMap<>();
  private final Map<Integer, Integer> sold = new HashMap<>();
  private final Map<Integer, Integer> captains = new HashMap<>();
  private int done;

  /**
   * No trial yet.
   *
   * @param advised what was advised
   * @param names the players' names by id
   * @param trials how many there will be
   */
  public Robustness(FirstWeek advised, Map<Integer, String> names, int trials) {
    this.advised = advised;
    this.names = Map.copyOf(names);
    this.trials = trials;
  }

  /**
   * The shares so far.
   *
   * @param done trials so far
   * @param trials trials in all
   * @param confidenceScore the share of those whose plan begins as was advised, 0 to 1
   * @param decisions beginnings, the most frequent first
   * @param in players who are bought before the next deadline
   * @param out players who are sold
   * @param captains players who are captain
   */
  public record Shares(
      int done,
      int trials,
      double confidenceScore,
      List<DecisionShare> decisions,
      List<PlayerShare> in,
      List<PlayerShare> out,
      List<PlayerShare> captains) {}

  /**
   * The share of a beginning.
   *
   * @param decision in words
   * @param advised whether it is what was advised
   */
  public record DecisionShare(String decision, double share, boolean advised) {}

  /** The share of a player. */
  public record PlayerShare(int playerId, String playerName, double share) {}

  /** Counts the first week of a trial's plan. */
  public void add(PlannedWeek first) {
    done++;
    decisions.merge(FirstWeek.of(first), 1, Integer::sum);
    first.bought().forEach(id -> bought.merge(id, 1, Integer::sum));
    first.sold().forEach(id -> sold.merge(id, 1, Integer::sum));
    captains.merge(first.lineUp().captain(), 1, Integer::sum);
  }

  /** The shares so far. */
  public Shares shares() {
    var beginnings =
        decisions.entrySet().stream()
            .sorted(
                Map.Entry.<FirstWeek, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(entry -> words(entry.getKey())))
            .limit(MOST)
            .map(entry ->
                new DecisionShare(
                    words(entry.getKey()), share(entry.getValue()), entry.getKey().equals(advised)))
            .toList();
    return new Shares(
        done,
        trials,
        share(decisions.getOrDefault(advised, 0)),
        beginnings,
        players(bought),
        players(sold),
        players(captains));
  }

  /** The shares in a sentence: "sell A for B in 83 %, make no transfer in 12 %". */
  public String sentence() {
    var first =
        shares().decisions().stream()
            .limit(2)
            .map(one ->
                String.format(Locale.ROOT, "%s in %.0f %%", one.decision(), 100 * one.share()))
            .collect(Collectors.joining(", "));
    return "%d of %d: %s".formatted(done, trials, first);
  }

  /** The beginning in words. */
  private String words(FirstWeek week) {
    var chip = week.chip();
    var moves =
        week.bought().isEmpty()
            ? ""
            : week.sold().isEmpty()
                ? "begin with " + listed(week.bought())
                : "sell %s for %s".formatted(listed(week.sold()), listed(week.bought()));
    if (chip != null) {
      return "play the " + chip.label() + (moves.isEmpty() ? "" : " and " + moves);
    }
    return moves.isEmpty() ? "make no transfer" : moves;
  }

  private String listed(List<Integer> ids) {
    if (ids.size() > 3) {
      return ids.size() + " players";
    }
    return ids.stream().map(this::name).collect(Collectors.joining(" and "));
  }

  private List<PlayerShare> players(Map<Integer, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST)
        .map(one -> new PlayerShare(one.getKey(), name(one.getKey()), share(one.getValue())))
        .toList();
  }

  private String name(int id) {
    return names.getOrDefault(id, "player " + id);
  }

  private double share(int count) {
    return done == 0 ? 0 : Math.round(1000.0 * count / done) / 1000.0;
  }
}
