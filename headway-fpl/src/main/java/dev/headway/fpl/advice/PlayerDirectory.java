package dev.headway.fpl.advice;

import dev.headway.fpl.data.Bootstrap;
import dev.headway.fpl.data.Club;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.projection.Projection;
import dev.headway.fpl.projection.Projections;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The players of an analysis by id, with names and projections. Immutable. */
final class PlayerDirectory {
  private final Bootstrap bootstrap;
  private final Projections projections;
  private final Map<Integer, Player> players = new HashMap<>();
  private final Map<Integer, Candidate> candidates = new HashMap<>();

  PlayerDirectory(Bootstrap bootstrap, Projections projections, Collection<Candidate> candidates) {
    this.bootstrap = bootstrap;
    this.projections = projections;
    bootstrap.elements().forEach(player -> players.put(player.id(), player));
    candidates.forEach(candidate -> this.candidates.put(candidate.id(), candidate));
  }

  Player player(int id) {
    return known(players.get(id), id);
  }

  Candidate candidate(int id) {
    return known(candidates.get(id), id);
  }

  List<Candidate> candidates(Collection<Integer> ids) {
    return ids.stream().map(this::candidate).toList();
  }

  List<Candidate> everybody() {
    return candidates.values().stream().sorted(Comparator.comparingInt(Candidate::id)).toList();
  }

  String name(int id) {
    return player(id).webName();
  }

  String club(int id) {
    return bootstrap.club(player(id).team()).map(Club::shortName).orElse("");
  }

  Projection projection(int id, int gameweek) {
    return projections.of(id, gameweek);
  }

  /** A plan in points as they are expected, whatever its search counted instead. */
  List<PlannedWeek> inPoints(List<PlannedWeek> weeks) {
    return weeks.stream().map(this::inPoints).toList();
  }

  private PlannedWeek inPoints(PlannedWeek week) {
    double points = -week.hits() * bootstrap.rules().hitCost();
    for (int id : week.lineUp().starters()) {
      points += week.multiplier(id) * candidate(id).points(week.week());
    }
    return week.withPoints(points);
  }

  private static <T> T known(@Nullable T found, int id) {
    if (found == null) {
      throw new IllegalArgumentException("Player " + id + " is not part of the analysis");
    }
    return found;
  }
}
