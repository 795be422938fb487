package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.plan.model.Schedule;
import dev.headway.fpl.rules.Chip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of plans for other projections than those for which they were found. */
public final class PlanValues {
  private PlanValues() {}

  /**
   * The weighted value of a plan's transfers and chips. Line-ups and captains are chosen anew.
   *
   * @param request the question, with the projections that count; it must have the plan's players
   */
  public static double of(PlanRequest request, List<PlannedWeek> weeks) {
    var squads = new ArrayList<Set<Integer>>();
    var chips = new ArrayList<@Nullable Chip>();
    var fielded = new ArrayList<List<Integer>>();
    Set<Integer> squad =
        request.candidates().stream()
            .filter(Candidate::owned)
            .map(Candidate::id)
            .collect(Collectors.toSet());
    for (var week : weeks) {
      squad = new HashSet<>(squad);
      squad.removeAll(week.sold());
      squad.addAll(week.bought());
      squads.add(Set.copyOf(squad));
      chips.add(week.chip());
      fielded.add(week.squad());
    }
    return new PlanAssembly(request, fielded).assemble(new Schedule(squads, chips)).value();
  }
}
