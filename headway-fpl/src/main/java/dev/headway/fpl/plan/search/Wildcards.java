package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.rules.Chip;
import java.util.ArrayList;
import java.util.List;

/** The ways to play the wildcards of a request. */
final class Wildcards {
  private Wildcards() {}

  /** Every choice of weeks, at most one for each wildcard; the first plays none if that is open. */
  static List<List<Integer>> choices(PlanRequest request) {
    var choices = new ArrayList<List<Integer>>();
    choices.add(List.of());
    for (var option : request.chips()) {
      if (option.chip() == Chip.WILDCARD) {
        choices.addAll(extended(choices, option, request.horizon()));
      }
    }
    return choices.stream().filter(weeks -> allowed(weeks, request.restrictions())).toList();
  }

  private static List<List<Integer>> extended(
      List<List<Integer>> choices, ChipOption option, int horizon) {
    var longer = new ArrayList<List<Integer>>();
    for (var choice : choices) {
      for (int week = 0; week < horizon; week++) {
        if (option.covers(week) && !choice.contains(week)) {
          var weeks = new ArrayList<>(choice);
          weeks.add(week);
          longer.add(List.copyOf(weeks));
        }
      }
    }
    return longer;
  }

  private static boolean allowed(List<Integer> weeks, List<Restriction> restrictions) {
    return restrictions.stream()
        .allMatch(restriction ->
            switch (restriction) {
              case Restriction.Played(Chip chip, int week) ->
                  chip != Chip.WILDCARD || weeks.contains(week);
              case Restriction.NotPlayed(Chip chip, int week) ->
                  chip != Chip.WILDCARD || !weeks.contains(week);
              case Restriction.Transfers _,
                  Restriction.NoTransfers _,
                  Restriction.Other _,
                  Restriction.Owned _,
                  Restriction.NotOwned _ ->
                  true;
            });
  }
}
