package dev.headway.fpl.chip;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.rules.Gameweeks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * One way in which the rest of a season may go on: every match without a date falls into one of the
 * gameweeks after the plan's, each as likely, and adds a usual match to what the players of its
 * clubs score there; each player's projections change by one factor from gameweek to gameweek, a
 * random walk from 1 that is never negative, and by another for each. Both are normally
 * distributed; their standard deviations are assumptions. Immutable.
 */
final class SimulatedSeason {
  /**
   * The distance of a player's worth in half a season from today's: form, injuries, a place lost.
   */
  private static final double DRIFT = 0.25;

  private static final double DRIFT_OF_WEEK = DRIFT / Math.sqrt(Gameweeks.LAST / 2.0);

  /** The same of a single gameweek, which passes with it. */
  private static final double OF_WEEK = 0.1;

  /** The points of a player in each gameweek, counted from the plan's first. */
  private static final class Course {
    private final double[] projected; // with the matches that were put into a gameweek
    private final double[] walked; // the lasting factor
    private final double[] scored;

    Course(double[] projected, double[] walked, double[] scored) {
      this.projected = projected;
      this.walked = walked;
      this.scored = scored;
    }
  }

  private final Map<Integer, Course> courses;

  private SimulatedSeason(Map<Integer, Course> courses) {
    this.courses = courses;
  }

  /** The season as it is projected, without the matches that have no date. */
  static SimulatedSeason projected(RestOfSeason rest) {
    var courses = new HashMap<Integer, Course>();
    for (var player : rest.players()) {
      var points = projected(player);
      var unchanged = new double[points.length];
      Arrays.fill(unchanged, 1);
      courses.put(player.id(), new Course(points, unchanged, points));
    }
    return new SimulatedSeason(courses);
  }

  /** A simulated season. */
  static SimulatedSeason drawn(RestOfSeason rest, Random random) {
    var additional = additional(rest, random);
    var courses = new HashMap<Integer, Course>();
    for (var player : rest.players()) {
      var projected = projected(player);
      double usual = RestOfSeason.usual(player);
      for (int week = rest.horizon(); week < projected.length; week++) {
        projected[week] += usual * additional.get(week).count(player.club());
      }
      courses.put(player.id(), drawn(projected, rest.horizon(), random));
    }
    return new SimulatedSeason(courses);
  }

  private static Course drawn(double[] projected, int from, Random random) {
    var walked = new double[projected.length];
    var scored = projected.clone();
    double walk = 1;
    for (int week = 0; week < projected.length; week++) {
      if (week >= from) {
        walk += DRIFT_OF_WEEK * random.nextGaussian();
        scored[week] *= Math.max(0, walk + OF_WEEK * random.nextGaussian());
      }
      walked[week] = Math.max(0, walk);
    }
    return new Course(projected, walked, scored);
  }

  /** The points of a player in a gameweek. */
  double points(Candidate player, int week) {
    return course(player).scored[week];
  }

  /** The points of a player in a gameweek as they are expected in an earlier one, or in it. */
  double expected(Candidate player, int week, int seenFrom) {
    var course = course(player);
    return course.projected[week] * course.walked[seenFrom];
  }

  private Course course(Candidate player) {
    return Objects.requireNonNull(courses.get(player.id()));
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
