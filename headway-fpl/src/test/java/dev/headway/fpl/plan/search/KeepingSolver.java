package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanListener;
import dev.headway.fpl.plan.PlanProgress;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlanSolver;
import dev.headway.fpl.plan.model.Schedule;
import dev.headway.fpl.rules.Chip;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds nothing better than the squad as it is, at once and without the native engine. */
public final class KeepingSolver implements PlanSolver {
  @Override
  public PlanResult solve(PlanRequest request, PlanListener listener) {
    var owned =
        request.candidates().stream()
            .filter(Candidate::owned)
            .map(Candidate::id)
            .collect(Collectors.toSet());
    if (!request.restrictions().stream().allMatch(r -> r.allowsKeeping(owned))) {
      return new PlanResult(PlanResult.Status.INFEASIBLE, 0, 0, List.of());
    }
    var squads = new ArrayList<Set<Integer>>();
    var chips = new ArrayList<@Nullable Chip>();
    for (int week = 0; week < request.horizon(); week++) {
      squads.add(owned);
      chips.add(null);
    }
    var kept = new PlanAssembly(request, List.of()).assemble(new Schedule(squads, chips));
    listener.improved(new PlanProgress(kept.value(), kept.value(), 1, 1, 0, kept.weeks()));
    return new PlanResult(PlanResult.Status.OPTIMAL, kept.value(), kept.value(), kept.weeks());
  }
}
