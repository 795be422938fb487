package dev.headway.fpl.chip;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.rules.Gameweeks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One way in which the rest of a season may go on: every match without a date falls into one of the
 * gameweeks after the plan's, each as likely, and adds a usual match to what the players of its
 * clubs score there; each player's projections change by one factor for all those gameweeks and by
 * another for each. The factors are normally distributed around 1 and never negative; their
 * standard deviations are assumptions.
 */
final class SimulatedSeason {
  /** The distance of a player's worth in some months from today's: form, injuries, a place lost. */
  private static final double DRIFT = 0.25;

  /** The same of a single gameweek. */
  private static final double OF_WEEK = 0.1;

  private SimulatedSeason() {}

  /** The season as it is projected, without the matches that have no date. */
  static Map<Integer, double[]> projected(RestOfSeason rest) {
    var points = new HashMap<Integer, double[]>();
    rest.players().forEach(player -> points.put(player.id(), projected(player)));
    return points;
  }

  /** A simulated season: points by player and gameweek, counted from the plan's first. */
  static Map<Integer, double[]> drawn(RestOfSeason rest, Random random) {
    var additional = additional(rest, random);
    var points = new HashMap<Integer, double[]>();
    for (var player : rest.players()) {
      double drift = 1 + DRIFT * random.nextGaussian();
      double usual = RestOfSeason.usual(player);
      var drawn = projected(player);
      for (int week = rest.horizon(); week < drawn.length; week++) {
        double factor = Math.max(0, drift + OF_WEEK * random.nextGaussian());
        drawn[week] = factor * (drawn[week] + usual * additional.get(week).count(player.club()));
      }
      points.put(player.id(), drawn);
    }
    return points;
  }

  /** The matches that were put into a gameweek. */
  private record Additional(List<RestOfSeason.Match> matches) {
    long count(int club) {
      return matches.stream().filter(match -> match.involves(club)).count();
    }
  }

  private static List<Additional> additional(RestOfSeason rest, Random random) {
    var weeks = new ArrayList<Additional>();
    for (int week = 0; week < rest.gameweeks(); week++) {
      weeks.add(new Additional(new ArrayList<>()));
    }
    int later = Gameweeks.LAST + 1 - rest.first() - rest.horizon();
    if (later > 0) {
      for (var match : rest.undated()) {
        int week = rest.horizon() + random.nextInt(later);
        if (week < weeks.size()) {
          weeks.get(week).matches().add(match);
        }
      }
    }
    return weeks;
  }

  private static double[] projected(Candidate player) {
    return player.points().stream().mapToDouble(points -> points).toArray();
  }
}
