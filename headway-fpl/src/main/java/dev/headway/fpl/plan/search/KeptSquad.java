package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.model.Schedule;
import dev.headway.fpl.rules.Chip;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plan without transfers and chips. It needs no engine, so it is there at once. */
final class KeptSquad {
  private KeptSquad() {}

  /** The plan; empty where there is no squad yet, or the demands forbid it. */
  static Optional<Incumbent> of(PlanRequest request) {
    var owned =
        request.candidates().stream()
            .filter(Candidate::owned)
            .map(Candidate::id)
            .collect(Collectors.toSet());
    boolean allowed = request.restrictions().stream().allMatch(r -> r.allowsKeeping(owned));
    if (!allowed || owned.size() != request.rules().squadSize()) {
      return Optional.empty();
    }
    var schedule =
        new Schedule(
            Collections.nCopies(request.horizon(), owned),
            Collections.<@Nullable Chip>nCopies(request.horizon(), null));
    var kept = new PlanAssembly(request, List.of()).assemble(schedule);
    return Optional.of(new Incumbent(kept.value(), kept.weeks()));
  }
}
