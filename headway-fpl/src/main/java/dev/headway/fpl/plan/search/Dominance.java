package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.rules.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Leaves out players that some optimal plan does without.
 *
 * <p>Player r dominates q when both have the same club and position, r costs no more and is
 * projected no fewer points in any week (equal players are ordered by id). Take an optimal plan
 * with q in the squad in some week and r not. Three exchanges never cost a transfer, money, a club
 * place or points: where their spells are apart, r takes q's spell; where r comes while q is there,
 * r comes first and q then; where r leaves while q stays, q leaves then and r later. Each moves a
 * player-week to a dominating player, so they end in an optimal plan where q's weeks all have every
 * player that dominates q. A club's limit or a position's quota of such players therefore leaves no
 * room for q. (Owned players may dominate: selling them later instead brings the same money, later
 * spent; but an owned q is never left out.)
 */
final class Dominance {
  private Dominance() {}

  private record Group(int club, Position position) {
    static Group of(Candidate candidate) {
      return new Group(candidate.club(), candidate.position());
    }
  }

  /**
   * Whether the exchanges keep what a request demands. They never add a transfer to a week, but may
   * save one; and players that a demand names stay out of them.
   */
  static boolean appliesTo(PlanRequest request) {
    return request.restrictions().stream()
        .allMatch(restriction ->
            switch (restriction) {
              case Restriction.Played _,
                  Restriction.NotPlayed _,
                  Restriction.NoTransfers _,
                  Restriction.Owned _,
                  Restriction.NotOwned _ ->
                  true;
              case Restriction.Transfers _, Restriction.Other _ -> false;
            });
  }

  /** The candidates without the superfluous ones. */
  static List<Candidate> prune(PlanRequest request) {
    var kept = new ArrayList<Candidate>();
    var named = request.namedPlayers();
    var groups =
        request.candidates().stream()
            .filter(candidate -> !named.contains(candidate.id()))
            .collect(Collectors.groupingBy(Group::of));
    for (var candidate : request.candidates()) {
      var group = groups.getOrDefault(Group.of(candidate), List.of());
      int room =
          Math.min(request.rules().perClub(), request.rules().quota(candidate.position()).select());
      long better = group.stream().filter(r -> dominates(r, candidate, request.horizon())).count();
      if (candidate.owned() || named.contains(candidate.id()) || better < room) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  private static boolean dominates(Candidate r, Candidate q, int horizon) {
    if (r.id() == q.id() || r.price() > q.price()) {
      return false;
    }
    boolean equal = r.price() == q.price();
    for (int week = 0; week < horizon; week++) {
      if (r.points(week) < q.points(week)) {
        return false;
      }
      equal &= r.points(week) == q.points(week);
    }
    return !equal || r.id() < q.id();
  }
}
