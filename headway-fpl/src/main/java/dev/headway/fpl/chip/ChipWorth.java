package dev.headway.fpl.chip;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.ChipWindow;
import dev.headway.fpl.rules.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The worth of keeping a chip for the gameweeks after a plan: the mean, over simulated seasons, of
 * what it adds in the gameweek in which it adds most ({@link SimulatedSeason}, {@link ChipGains},
 * {@link WildcardGains}). The same seasons are simulated each time. Immutable.
 */
public final class ChipWorth {
  private static final int SEASONS = 20;

  /** Of each position, the players with the most points, and with the most for their price. */
  private static final int PROMISING = 8;

  private final RestOfSeason rest;
  private final List<Map<Chip, Double>> projected; // a week each
  private final List<List<Map<Chip, Double>>> simulated;

  private ChipWorth(
      RestOfSeason rest,
      List<Map<Chip, Double>> projected,
      List<List<Map<Chip, Double>>> simulated) {
    this.rest = rest;
    this.projected = projected;
    this.simulated = simulated;
  }

  /**
   * A chip that is kept.
   *
   * @param points the worth of keeping it
   * @param gameweek where it adds most on average
   */
  public record Later(double points, int gameweek) {
    /** No gameweek is left for it after the plan. */
    public static final Later NEVER = new Later(0, 0);
  }

  /** The worth of chips in a season, as far as its gameweeks go. */
  public static ChipWorth of(RestOfSeason season) {
    var whole = season.completed();
    var rest = whole.withPlayers(promising(whole.players()));
    var gains = new ChipGains(rest);
    var simulated = new ArrayList<List<Map<Chip, Double>>>();
    for (int number = 0; number < SEASONS && rest.gameweeks() > rest.horizon(); number++) {
      simulated.add(gains.of(SimulatedSeason.drawn(rest, new Random(number)), rest.horizon()));
    }
    return new ChipWorth(rest, gains.of(SimulatedSeason.projected(rest), 0), simulated);
  }

  /** The worth of keeping a chip beyond the plan's gameweeks. */
  public Later later(ChipWindow window) {
    int from = Math.max(rest.horizon(), window.first() - rest.first());
    int to = Math.min(projected.size() - 1, window.last() - rest.first());
    if (from > to) {
      return Later.NEVER;
    }
    double sum = 0;
    for (var season : simulated) {
      sum +=
          IntStream.rangeClosed(from, to)
              .mapToDouble(at -> gain(season, window, at))
              .max()
              .orElse(0);
    }
    int best = from;
    for (int week = from; week <= to; week++) {
      best = total(window, week) > total(window, best) ? week : best;
    }
    return new Later(sum / simulated.size(), rest.first() + best);
  }

  private double total(ChipWindow window, int week) {
    return simulated.stream().mapToDouble(season -> gain(season, window, week)).sum();
  }

  private static double gain(List<Map<Chip, Double>> season, ChipWindow window, int week) {
    return season.get(week).getOrDefault(window.chip(), 0.0);
  }

  /** The points that a chip adds in a week of the plan, from 0, as it is projected. */
  public double projected(Chip chip, int week) {
    return projected.get(week).getOrDefault(chip, 0.0);
  }

  /* Nobody else comes into a team that is chosen by points or by points for the price. */
  private static List<Candidate> promising(List<Candidate> players) {
    var chosen = new HashSet<Integer>();
    for (var position : Position.values()) {
      for (ToDoubleFunction<Candidate> by :
          List.<ToDoubleFunction<Candidate>>of(
              ChipWorth::points, c -> points(c) / c.price(), c -> -c.price())) {
        players.stream()
            .filter(c -> c.position() == position)
            .sorted(Comparator.comparingDouble(by).reversed())
            .limit(PROMISING)
            .forEach(c -> chosen.add(c.id()));
      }
    }
    return players.stream().filter(c -> c.owned() || chosen.contains(c.id())).toList();
  }

  private static double points(Candidate candidate) {
    return candidate.points().stream().mapToDouble(points -> points).sum();
  }
}
